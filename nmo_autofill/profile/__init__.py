"""The profile: one graduate's data, read, checked and typed."""
