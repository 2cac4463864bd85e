"""What people do at the portal, the same in both skins."""
