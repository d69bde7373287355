// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IParameters} from "../../src/governance/IParameters.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// setFee, setCurrency, setArbitrator, check; ownership by a timelock
contract ParametersTest is MarketTest {
    function test_StartsWithoutFee() public view {
        (uint16 feeBps, address recipient) = parameters.fee();
        assertEq(feeBps, 0, "fee");
        assertEq(recipient, feeRecipient, "recipient");
    }

    function test_Check_AnswersEverythingAtOnce() public {
        parameters.setFee(200, feeRecipient);
        (bool currencyOk, bool arbitratorOk, uint16 feeBps) = parameters.check(address(token), arbitrator);
        assertTrue(currencyOk && arbitratorOk && feeBps == 200, "allowed");
        (currencyOk, arbitratorOk,) = parameters.check(stranger, stranger);
        assertTrue(!currencyOk && !arbitratorOk, "not allowed");
        assertTrue(parameters.currencyAllowed(NATIVE), "native");
        assertTrue(parameters.arbitratorAllowed(arbitrator), "arbitrator");
    }

    function testFuzz_SetFee_NeverAboveTheCap(uint16 feeBps) public {
        if (feeBps > 200) {
            vm.expectRevert(abi.encodeWithSelector(IParameters.Parameters_FeeTooHigh.selector, feeBps));
        } else {
            vm.expectEmit(address(parameters));
            emit IParameters.FeeChanged(feeBps, stranger);
        }
        parameters.setFee(feeBps, stranger);
    }

    function test_SetFee_RevertWhen_RecipientIsNobody() public {
        vm.expectRevert(IParameters.Parameters_InvalidRecipient.selector);
        parameters.setFee(0, address(0));
    }

    function test_EmitsWhatItSets() public {
        vm.expectEmit(address(parameters));
        emit IParameters.CurrencyAllowed(stranger, true);
        parameters.setCurrency(stranger, true);
        vm.expectEmit(address(parameters));
        emit IParameters.ArbitratorAllowed(stranger, true);
        parameters.setArbitrator(stranger, true);
    }

    function test_RevertWhen_CallerIsNotTheOwner() public {
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        parameters.setFee(1, stranger);
        vm.expectRevert(refusal);
        parameters.setCurrency(stranger, true);
        vm.expectRevert(refusal);
        parameters.setArbitrator(stranger, true);
        vm.stopPrank();
    }

    function test_TheTimelockMakesEveryChangeWait() public {
        address[] memory anyone = new address[](1);
        anyone[0] = stranger;
        TimelockController timelock = new TimelockController(2 days, anyone, anyone, address(0));
        parameters.transferOwnership(address(timelock));
        bytes memory change = abi.encodeCall(IParameters.setFee, (100, stranger));
        vm.startPrank(stranger);
        timelock.schedule(address(parameters), 0, change, 0, 0, 2 days);
        vm.expectRevert();
        timelock.execute(address(parameters), 0, change, 0, 0);
        vm.warp(block.timestamp + 2 days);
        timelock.execute(address(parameters), 0, change, 0, 0);
        vm.stopPrank();
        (uint16 feeBps,) = parameters.fee();
        assertEq(feeBps, 100, "fee");
    }
}
