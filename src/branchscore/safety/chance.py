"""Random numbers that are the same on every machine."""

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


def uniform(name: str, number: int) -> NDArray[np.float64]:
    """So many numbers from 0 up to 1, the same for a name at any time: 53 bits each of PCG64,
    whose stream numpy never changes, seeded from the name."""
    seed = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    raw = np.random.PCG64(seed).random_raw(number)
    made: NDArray[np.float64] = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return made
