// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Fees} from "../../src/dispute/Fees.sol";
import {Test} from "../support/Test.sol";

contract FeesTest is Test {
    using Fees for uint256;
    using Fees for uint32;

    function test_Pack_SmallAmountsAreExact() public pure {
        assertEq(uint256(0).pack().unpack(), 0, "nothing");
        assertEq(uint256(1).pack().unpack(), 1, "one");
        assertEq(uint256(2 ** 24 - 1).pack().unpack(), 2 ** 24 - 1, "twenty-four bits");
    }

    function testFuzz_Pack_RoundsDownByLittle(uint256 amount) public pure {
        uint256 kept = amount.pack().unpack();
        assertTrue(kept <= amount, "never up");
        assertTrue(amount - kept <= amount >> 23, "by one part in eight million");
    }

    /// More at stake never costs less.
    function testFuzz_Pack_KeepsTheOrder(uint256 a, uint256 b) public pure {
        (uint256 low, uint256 high) = a < b ? (a, b) : (b, a);
        assertTrue(low.pack().unpack() <= high.pack().unpack(), "order");
    }
}
