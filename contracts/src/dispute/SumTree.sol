// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Weighted draws in logarithmic time: a Fenwick tree (P. Fenwick, 1994) that grows by appending.
/// @dev Positions count from 1. Node `i` holds the sum of the weights at `(i - lowbit(i), i]`.
library SumTree {
    struct Tree {
        uint128 length;
        uint128 total;
        mapping(uint256 position => uint256 sum) nodes;
    }

    /// @notice Positions left out of a draw, with their weights. `count` of the slots are in use.
    struct Excluded {
        uint256 count;
        uint256[] positions;
        uint256[] weights;
    }

    /// @notice Appends a position of weight zero.
    function append(Tree storage tree) internal returns (uint256 position) {
        position = ++tree.length;
        uint256 first = position - _lowbit(position);
        uint256 sum = 0;
        // The node spans positions that are there already: those after `first`.
        for (uint256 i = position - 1; i > first; i -= _lowbit(i)) sum += tree.nodes[i];
        if (sum != 0) tree.nodes[position] = sum;
    }

    /// @notice Changes the weight at `position` from `before`, which the caller knows, to `weight`.
    function update(Tree storage tree, uint256 position, uint256 before, uint256 weight) internal {
        if (before == weight) return;
        uint256 length = tree.length;
        // Checked: a total above 128 bits is refused here, and so is a `before` that was never there.
        tree.total = uint128(uint256(tree.total) + weight - before);
        for (uint256 i = position; i <= length; i += _lowbit(i)) tree.nodes[i] = tree.nodes[i] + weight - before;
    }

    /// @notice The position into which `value` falls when the weights that are not excluded are laid side by side.
    /// @param value Below the total less all excluded weights; else the result is past the end.
    function find(Tree storage tree, uint256 value, Excluded memory excluded) internal view returns (uint256) {
        uint256 length = tree.length;
        uint256 position = 0;
        for (uint256 span = _topbit(length); span != 0; span >>= 1) {
            uint256 next = position + span;
            if (next > length) continue;
            uint256 sum = tree.nodes[next];
            for (uint256 i = 0; i < excluded.count; ++i) {
                uint256 left = excluded.positions[i];
                if (left > position && left <= next) sum -= excluded.weights[i];
            }
            if (value >= sum) {
                value -= sum;
                position = next;
            }
        }
        return position + 1;
    }

    function exclusions(uint256 size) internal pure returns (Excluded memory) {
        return Excluded(0, new uint256[](size), new uint256[](size));
    }

    function exclude(Excluded memory excluded, uint256 position, uint256 weight) internal pure {
        (excluded.positions[excluded.count], excluded.weights[excluded.count]) = (position, weight);
        ++excluded.count;
    }

    function _lowbit(uint256 x) private pure returns (uint256) {
        unchecked {
            // Two's complement: wraps on purpose.
            return x & (0 - x);
        }
    }

    /// @dev The highest power of two that is not above `x`; zero for zero.
    function _topbit(uint256 x) private pure returns (uint256 bit) {
        if (x == 0) return 0;
        bit = 1;
        while (bit << 1 <= x) bit <<= 1;
    }
}
