enum StorageKind {}
