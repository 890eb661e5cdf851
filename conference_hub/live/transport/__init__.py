"""What one connection may send, and the Engine.IO and WebSocket servers that enforce it."""
