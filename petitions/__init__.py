"""What voters raised: intake, points, origins, forwarding, assignment."""
