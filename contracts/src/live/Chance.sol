// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What a seed makes of a pot. The protocol's `potShares` says the same in TypeScript.
library Chance {
    /// @dev Weights are below this, and never zero.
    uint256 private constant WEIGHTS = 1 << 64;

    /// @notice Divides `amount` by chance among `count`: everybody gets at least one unit, what rounding leaves goes to the first.
    /// @param amount At least `count`.
    function parts(bytes32 seed, uint256 amount, uint256 count) internal pure returns (uint256[] memory shares) {
        shares = new uint256[](count);
        uint256 sum;
        for (uint256 i = 0; i < count; ++i) {
            shares[i] = uint256(keccak256(abi.encode(seed, i))) % WEIGHTS + 1;
            sum += shares[i];
        }
        uint256 rest = amount - count;
        uint256 given;
        for (uint256 i = 0; i < count; ++i) {
            uint256 part = rest * shares[i] / sum;
            shares[i] = part + 1;
            given += part;
        }
        if (count != 0) shares[0] += rest - given;
    }

    /// @notice Draws `winners` different numbers below `candidates`, in the order of drawing.
    /// @param winners At most `candidates`, and few: each is compared with all before it.
    function draw(bytes32 seed, uint256 candidates, uint256 winners) internal pure returns (uint256[] memory drawn) {
        drawn = new uint256[](winners);
        uint256 count;
        // Ends: each try is a new hash, and at least one number is free.
        for (uint256 i = 0; count < winners; ++i) {
            uint256 number = uint256(keccak256(abi.encode(seed, i))) % candidates;
            if (_isAmong(drawn, count, number)) continue;
            drawn[count++] = number;
        }
    }

    function _isAmong(uint256[] memory drawn, uint256 count, uint256 number) private pure returns (bool) {
        for (uint256 i = 0; i < count; ++i) if (drawn[i] == number) return true;
        return false;
    }
}
