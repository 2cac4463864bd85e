"""The letters that bring the confirmation link, the login and the password."""
