enum SiteModule {}
