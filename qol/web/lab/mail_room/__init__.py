"""The mail room: received sheets, their keying, their destruction (EA-ÉCH-5-h)."""
