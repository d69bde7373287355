// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account as ERC4337Account} from "@openzeppelin/contracts/account/Account.sol";
import {Account} from "../../src/account/Account.sol";
import {Guardian, IRecovery} from "../../src/account/IRecovery.sol";
import {RecoveryTest} from "./RecoveryTest.sol";

/// @notice From the first approval to new signers, and who may stop it.
contract RecoveryFlowTest is RecoveryTest {
    function test_TwoGuardiansRecoverAfterTheDelay() public {
        _approve(ann);
        assertEq(_executableAt(), 0, "one is not enough");
        _approve(bo);
        assertEq(_executableAt(), block.timestamp + DELAY, "clock");
        vm.warp(block.timestamp + DELAY);
        vm.prank(stranger);
        _execute();
        _assertRecovered();
    }

    function test_CodeAloneRecovers() public {
        _approve(code);
        vm.warp(block.timestamp + DELAY);
        _execute();
        _assertRecovered();
    }

    function test_RevertWhen_ExecutedTooEarly() public {
        _approve(code);
        vm.warp(block.timestamp + DELAY - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IRecovery.Recovery_TooEarly.selector, address(account), block.timestamp + 1)
        );
        _execute();
        _assertUntouched();
    }

    function test_RevertWhen_ExecutedWithOtherSigners() public {
        _approve(code);
        vm.warp(block.timestamp + DELAY);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotPending.selector, address(account)));
        recovery.execute(address(account), _one(stranger), 1);
        bytes[] memory two = new bytes[](2);
        (two[0], two[1]) = (abi.encodePacked(fresh), abi.encodePacked(stranger));
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotPending.selector, address(account)));
        recovery.execute(address(account), two, 1);
        _assertUntouched();
    }

    function test_RevertWhen_NothingIsPending() public {
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotPending.selector, address(account)));
        _execute();
        _approve(ann);
        vm.warp(block.timestamp + 29 days);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotPending.selector, address(account)));
        _execute();
    }

    function test_RevertWhen_ExecutedTwice() public {
        test_CodeAloneRecovers();
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotPending.selector, address(account)));
        _execute();
    }

    function test_RevertWhen_StrangerApproves() public {
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotGuardian.selector, address(account), stranger));
        _approve(stranger);
    }

    function test_RevertWhen_ApprovedTwice() public {
        _approve(ann);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_AlreadyApproved.selector, address(account), ann));
        _approve(ann);
    }

    function test_DifferentSignersAreCountedApart() public {
        _approve(ann);
        vm.prank(bo);
        recovery.approve(address(account), _one(stranger), 1);
        assertEq(_executableAt(), 0, "they do not agree");
        _approve(bo);
        assertEq(_executableAt(), block.timestamp + DELAY, "now they do");
    }

    function test_ApprovalsLapse() public {
        _approve(ann);
        vm.warp(block.timestamp + 30 days);
        _approve(bo);
        assertEq(_executableAt(), 0, "the first one is too old");
        _approve(ann);
        assertEq(_executableAt(), block.timestamp + DELAY, "given anew");
    }

    function test_NothingRestartsAPendingRecovery() public {
        _approve(code);
        uint40 clock = _executableAt();
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_Pending.selector, address(account), clock));
        _approve(ann);
        vm.prank(bo);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_Pending.selector, address(account), clock));
        recovery.approve(address(account), _one(stranger), 1);
        assertEq(_executableAt(), clock, "clock");
    }

    function test_AccountVetoes() public {
        _approve(code);
        uint64 round = _round();
        vm.expectEmit(address(recovery));
        emit IRecovery.RecoveryVetoed(address(account), address(account), round);
        _veto(address(account));
        vm.warp(block.timestamp + DELAY);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotPending.selector, address(account)));
        _execute();
        _assertUntouched();
    }

    function test_AccountVetoesEvenAfterTheDelay() public {
        _approve(code);
        vm.warp(block.timestamp + 100 days);
        _veto(address(account));
        _assertUntouched();
        assertEq(_executableAt(), 0, "nothing is pending");
    }

    function test_AccountVoidsApprovalsBeforeTheyAreEnough() public {
        _approve(ann);
        _veto(address(account));
        _approve(bo);
        assertEq(_executableAt(), 0, "ann's is void");
    }

    function test_MostGuardiansVetoAndStrikeWhoBroughtIt() public {
        _approve(code);
        _veto(ann);
        assertTrue(_executableAt() != 0, "one of three objects");
        vm.expectEmit(address(recovery));
        emit IRecovery.GuardianStruck(address(account), code);
        _veto(bo);
        assertEq(_executableAt(), 0, "vetoed");
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotGuardian.selector, address(account), code));
        _approve(code);
        // Those who are left can still help.
        _approve(ann);
        _approve(bo);
        assertEq(_executableAt(), block.timestamp + DELAY, "clock");
    }

    function test_WhoRegretsIsNotStruck() public {
        _approve(ann);
        _approve(bo);
        _veto(code);
        _veto(ann);
        (Guardian[] memory left,,,,,) = recovery.planOf(address(account));
        assertEq(left.length, 2, "bo stood by it");
        assertEq(left[0].guardian, ann, "ann regretted it");
        assertEq(left[1].guardian, code, "the code objected");
    }

    function test_EveryBringerIsStruck() public {
        Guardian[] memory five = new Guardian[](5);
        string[5] memory names = ["a", "b", "c", "d", "e"];
        for (uint256 i = 0; i < 5; ++i) five[i] = Guardian(person(names[i]), 1);
        _protect(five, 2, DELAY);
        _approve(five[0].guardian);
        _approve(five[4].guardian);
        for (uint256 i = 1; i < 4; ++i) _veto(five[i].guardian);
        (Guardian[] memory left,,,,,) = recovery.planOf(address(account));
        assertEq(left.length, 3, "left");
        for (uint256 i = 0; i < 3; ++i) {
            assertTrue(left[i].guardian != five[0].guardian && left[i].guardian != five[4].guardian, "struck");
        }
    }

    function test_RevertWhen_VetoedTwiceByOne() public {
        _approve(code);
        _veto(ann);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_AlreadyOpposed.selector, address(account), ann));
        _veto(ann);
    }

    function test_RevertWhen_GuardianVetoesNothing() public {
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotPending.selector, address(account)));
        _veto(ann);
    }

    function test_RevertWhen_StrangerVetoes() public {
        _approve(code);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotGuardian.selector, address(account), stranger));
        _veto(stranger);
    }

    function test_ObjectionsDoNotOutliveTheirRound() public {
        _approve(code);
        _veto(ann);
        _veto(address(account));
        _approve(code);
        _veto(bo);
        assertTrue(_executableAt() != 0, "ann's objection was to another recovery");
    }

    function test_RevertWhen_GuardiansAreChangedWhilePending() public {
        _approve(code);
        vm.prank(address(account));
        vm.expectRevert(
            abi.encodeWithSelector(IRecovery.Recovery_Pending.selector, address(account), block.timestamp + DELAY)
        );
        recovery.setGuardians(new Guardian[](0), 0, 0);
    }

    function test_NewGuardiansVoidApprovals() public {
        _approve(ann);
        _protect(_guardians(), 2, DELAY);
        _approve(bo);
        assertEq(_executableAt(), 0, "ann approved in another round");
    }

    function test_ProtectionEnds() public {
        _protect(new Guardian[](0), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_NotGuardian.selector, address(account), code));
        _approve(code);
    }

    function test_KeepsASignerThatIsOldAndNew() public {
        bytes[] memory signers = new bytes[](2);
        (signers[0], signers[1]) = (abi.encodePacked(phone), abi.encodePacked(fresh));
        vm.prank(code);
        recovery.approve(address(account), signers, 2);
        vm.warp(block.timestamp + DELAY);
        recovery.execute(address(account), signers, 2);
        assertTrue(_isSigner(phone) && _isSigner(fresh), "both");
        assertEq(account.threshold(), 2, "threshold");
    }

    function test_ExecutesAgainstAsManySignersAsThereMayBe() public {
        bytes[] memory many = new bytes[](31);
        for (uint256 i = 0; i < 31; ++i) many[i] = abi.encodePacked(new bytes(316), uint32(i));
        vm.prank(address(account));
        account.addSigners(many);
        vm.prank(address(account));
        account.setThreshold(32);
        _approve(code);
        vm.warp(block.timestamp + DELAY);
        uint256 before = gasleft();
        _execute();
        assertTrue(before - gasleft() < 8_000_000, "fits into a transaction");
        _assertRecovered();
    }

    function test_OnlyItsRecoveryReplacesSigners() public {
        address[3] memory others = [stranger, phone, address(account)];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(ERC4337Account.AccountUnauthorized.selector, others[i]));
            account.replaceSigners(_one(stranger), 1);
        }
        vm.prank(address(recovery));
        account.replaceSigners(_one(fresh), 1);
        _assertRecovered();
    }

    function test_RevertWhen_AccountGetsTooManyOrTooLongSigners() public {
        bytes[] memory signers = new bytes[](32);
        for (uint256 i = 0; i < 32; ++i) signers[i] = abi.encodePacked(person("x"), uint8(i));
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(Account.Account_TooManySigners.selector, 33));
        account.addSigners(signers);
        bytes[] memory long = new bytes[](1);
        long[0] = new bytes(321);
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(Account.Account_SignerTooLong.selector, 321));
        account.addSigners(long);
        vm.expectRevert(abi.encodeWithSelector(Account.Account_SignerTooLong.selector, 321));
        factory.create(long, 1, "long");
    }
}
