"""What is told: outcomes for people and for programs."""
