"""What the faces share: headers, words, assets. Sharing goes down, never sideways."""
