"""What the rows of the benchmarks are made of."""
