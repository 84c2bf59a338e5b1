"""Paper that proves itself: signatures, the log's proofs, and who checks them. No server."""
