"""One replication under every option: shared while nothing differs, then each alone."""
