// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice An amount in 32 bits, so that a dispute fits into one word of storage: 24 leading bits and an exponent of two.
library Fees {
    uint256 private constant DIGITS = 24;

    /// @notice Rounds down, by less than one part in eight million.
    function pack(uint256 amount) internal pure returns (uint32) {
        uint256 bits = amount == 0 ? 0 : Math.log2(amount) + 1;
        uint256 exponent = bits <= DIGITS ? 0 : bits - DIGITS;
        return uint32(amount >> exponent << 8 | exponent);
    }

    function unpack(uint32 packed) internal pure returns (uint256) {
        return uint256(packed >> 8) << uint8(packed);
    }
}
