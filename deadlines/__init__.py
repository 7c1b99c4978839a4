"""Working days, and due dates that can say why."""
