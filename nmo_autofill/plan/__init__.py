"""What would be typed, known before any browser opens."""
