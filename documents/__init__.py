"""Official documents: their register, their Decree-30 layout, their one-way street to issue."""
