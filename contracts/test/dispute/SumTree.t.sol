// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SumTree} from "../../src/dispute/SumTree.sol";
import {Test} from "../support/Test.sol";

contract SumTreeTest is Test {
    using SumTree for SumTree.Tree;
    using SumTree for SumTree.Excluded;

    SumTree.Tree private _tree;
    uint256[] private _weights;

    function test_Append_StartsWeightless() public {
        assertEq(_tree.append(), 1, "first");
        assertEq(_tree.append(), 2, "second");
        assertEq(_tree.total, 0, "total");
    }

    function test_Find_EmptyTreeIsPastTheEnd() public view {
        assertEq(_tree.find(0, SumTree.exclusions(0)), 1, "past the end");
    }

    /// The tree answers as a list of the same weights does, at every point of the sum.
    function testFuzz_Find_AsInAList(uint8[20] memory weights, uint8 value, uint8 changed, uint8 weight) public {
        for (uint256 i = 0; i < 20; ++i) _add(weights[i]);
        _set(changed % 20, weight);
        if (_tree.total == 0) return;
        uint256 at = value % _tree.total;
        assertEq(_tree.find(at, SumTree.exclusions(0)), _listFind(at, SumTree.exclusions(0)), "position");
    }

    /// Excluded positions are as if they were not there.
    function testFuzz_Find_SkipsExcluded(uint8[12] memory weights, uint16 left, uint16 value) public {
        for (uint256 i = 0; i < 12; ++i) _add(weights[i]);
        SumTree.Excluded memory excluded = SumTree.exclusions(12);
        uint256 total = _tree.total;
        for (uint256 i = 0; i < 12; ++i) {
            if (left >> i & 1 == 0) continue;
            excluded.exclude(i + 1, _weights[i]);
            total -= _weights[i];
        }
        if (total == 0) return;
        uint256 found = _tree.find(value % total, excluded);
        assertEq(found, _listFind(value % total, excluded), "position");
        assertTrue(left >> (found - 1) & 1 == 0, "an excluded position was found");
        assertTrue(_weights[found - 1] != 0, "a weightless position was found");
    }

    function testFuzz_Total_IsTheSum(uint64[9] memory weights, uint8 changed, uint64 weight) public {
        uint256 sum = 0;
        for (uint256 i = 0; i < 9; ++i) {
            _add(weights[i]);
            sum += weights[i];
        }
        uint256 index = changed % 9;
        sum = sum - _weights[index] + weight;
        _set(index, weight);
        assertEq(_tree.total, sum, "total");
    }

    function _add(uint256 weight) private {
        uint256 position = _tree.append();
        _tree.update(position, 0, weight);
        _weights.push(weight);
    }

    function _set(uint256 index, uint256 weight) private {
        _tree.update(index + 1, _weights[index], weight);
        _weights[index] = weight;
    }

    function _listFind(uint256 value, SumTree.Excluded memory excluded) private view returns (uint256) {
        for (uint256 i = 0; i < _weights.length; ++i) {
            uint256 weight = _weights[i];
            for (uint256 k = 0; k < excluded.count; ++k) {
                if (excluded.positions[k] == i + 1) weight = 0;
            }
            if (value < weight) return i + 1;
            value -= weight;
        }
        return _weights.length + 1;
    }
}
