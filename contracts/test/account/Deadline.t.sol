// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Deadline} from "../../src/account/Deadline.sol";
import {Test} from "../support/Test.sol";

/// notAfter
contract DeadlineTest is Test {
    function testFuzz_NotAfter_RefusesOnlyWhatIsLate(uint40 time, uint40 now_) public {
        Deadline deadline = new Deadline();
        vm.warp(now_);
        if (now_ > time) vm.expectRevert(abi.encodeWithSelector(Deadline.Deadline_Passed.selector, time));
        deadline.notAfter(time);
    }
}
