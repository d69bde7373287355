// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account as ERC4337Account} from "@openzeppelin/contracts/account/Account.sol";
import {Execution} from "@openzeppelin/contracts/interfaces/draft-IERC7579.sol";
import {MultiSignerERC7913} from "@openzeppelin/contracts/utils/cryptography/signers/MultiSignerERC7913.sol";
import {AccountFactory} from "../../src/account/AccountFactory.sol";
import {RecoveryTest} from "./RecoveryTest.sol";

/// @notice Who may have an account do something, and where accounts stand.
contract AccountTest is RecoveryTest {
    address private constant ENTRY_POINT = 0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108;
    /// ERC-7821: a batch, all or nothing.
    bytes32 private constant BATCH = hex"01";

    function _batch(bytes memory call) private view returns (bytes memory) {
        Execution[] memory calls = new Execution[](1);
        calls[0] = Execution(address(account), 0, call);
        return abi.encode(calls);
    }

    function test_EntryPointExecutesWhatWasSigned() public {
        vm.prank(ENTRY_POINT);
        account.execute(BATCH, _batch(abi.encodeCall(account.addSigners, (_one(fresh)))));
        assertTrue(_isSigner(fresh) && _isSigner(phone), "both sign");
        assertEq(address(account.entryPoint()), ENTRY_POINT, "entry point");
    }

    function test_RevertWhen_AnybodyElseExecutes() public {
        address[4] memory others = [stranger, phone, address(recovery), address(factory)];
        bytes memory batch = _batch(abi.encodeCall(account.addSigners, (_one(stranger))));
        for (uint256 i = 0; i < others.length; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(ERC4337Account.AccountUnauthorized.selector, others[i]));
            account.execute(BATCH, batch);
        }
    }

    function test_LastSignerAndReachableThresholdStay() public {
        vm.prank(address(account));
        vm.expectRevert(
            abi.encodeWithSelector(MultiSignerERC7913.MultiSignerERC7913UnreachableThreshold.selector, 0, 1)
        );
        account.removeSigners(_one(phone));
        vm.prank(address(account));
        account.addSigners(_one(fresh));
        vm.prank(address(account));
        account.setThreshold(2);
        vm.prank(address(account));
        vm.expectRevert(
            abi.encodeWithSelector(MultiSignerERC7913.MultiSignerERC7913UnreachableThreshold.selector, 1, 2)
        );
        account.removeSigners(_one(phone));
    }

    function test_StandsWherePredictedAndIsCreatedOnce() public {
        address expected = factory.predict(_one(fresh), 1, "salt");
        assertEq(expected.code.length, 0, "not yet");
        vm.expectEmit(address(factory));
        emit AccountFactory.AccountCreated(expected, _one(fresh), 1, "salt");
        assertEq(factory.create(_one(fresh), 1, "salt"), expected, "created");
        assertEq(factory.create(_one(fresh), 1, "salt"), expected, "found again");
        assertTrue(factory.predict(_one(stranger), 1, "salt") != expected, "other signers, another address");
    }
}
