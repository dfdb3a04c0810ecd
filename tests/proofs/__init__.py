"""The proofs that nobody sees what they must not: a generated world, an oracle, and sweeps of both walls."""
