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

    /// @notice Draws `winners` different numbers below `candidates`, in the order of drawing: a shuffle that is stopped early, of which
    /// only the numbers that have moved are remembered.
    /// @param winners At most `candidates`, and few: each looks through those that moved before it.
    function draw(bytes32 seed, uint256 candidates, uint256 winners) internal pure returns (uint256[] memory drawn) {
        drawn = new uint256[](winners);
        (uint256[] memory places, uint256[] memory numbers) = (new uint256[](winners), new uint256[](winners));
        for (uint256 i = 0; i < winners; ++i) {
            uint256 place = i + uint256(keccak256(abi.encode(seed, i))) % (candidates - i);
            drawn[i] = _at(places, numbers, i, place);
            // What stood here takes the place of what was drawn.
            (places[i], numbers[i]) = (place, _at(places, numbers, i, i));
        }
    }

    /// @dev What stands at a place after the first `moves`: the last that was put there, else its own number.
    function _at(uint256[] memory places, uint256[] memory numbers, uint256 moves, uint256 place)
        private
        pure
        returns (uint256)
    {
        for (uint256 i = moves; i != 0; --i) if (places[i - 1] == place) return numbers[i - 1];
        return place;
    }
}
