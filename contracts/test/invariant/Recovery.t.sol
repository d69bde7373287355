// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account} from "../../src/account/Account.sol";
import {AccountFactory} from "../../src/account/AccountFactory.sol";
import {Recovery} from "../../src/account/Recovery.sol";
import {Test} from "../support/Test.sol";
import {RecoveryHandler} from "./RecoveryHandler.sol";

contract RecoveryInvariantTest is Test {
    RecoveryHandler private _handler;

    function setUp() public {
        vm.warp(1_900_000_000);
        Recovery recovery = new Recovery();
        AccountFactory factory = new AccountFactory(address(new Account(address(recovery))));
        bytes[] memory signers = new bytes[](1);
        signers[0] = abi.encodePacked(person("phone"), uint8(0));
        _handler = new RecoveryHandler(recovery, Account(payable(factory.create(signers, 1, 0))));
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// An account's signers change by its own threshold, or by its guardians' threshold after the delay without a veto.
    function invariant_SignersChangeByTheirThresholdOrAnUnvetoedRecovery() public view {
        assertEq(_handler.fingerprint(), _handler.expected(), "signers");
        assertEq(_handler.violations(), 0, "violations");
    }

    /// An account always has a signer, and as many as it asks for.
    function invariant_ThresholdIsReachable() public view {
        Account account = _handler.account();
        assertTrue(account.threshold() != 0 && account.getSignerCount() >= account.threshold(), "reachable");
    }
}
