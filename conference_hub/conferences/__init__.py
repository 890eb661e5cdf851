"""The conferences this hub holds; every other row belongs to one of them."""
