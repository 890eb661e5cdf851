"""What the hub tells other systems by itself: webhooks on chosen facts, OSC on cues and reveals."""
