// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ICourt, Tariff, Timing} from "../../src/dispute/ICourt.sol";
import {CourtTest} from "./CourtTest.sol";

contract TariffsTest is CourtTest {
    function test_SetTariff_PricesOrdersFromThenOn() public {
        (, uint256 before) = _contested();
        court.setTariff(address(token), Tariff(1, 200, 10, 20));
        assertEq(court.getDispute(before).feePerJuror, PER_JUROR, "open disputes keep their fee");
        (, uint256 id) = _contested();
        assertEq(court.getDispute(id).feePerJuror, 2 * PER_JUROR, "new ones do not");
        assertEq(court.getDispute(id).tier, 2, "tier");
        Tariff memory tariff = court.tariffOf(address(token));
        assertEq(tariff.minFee, 1, "least fee");
        assertEq(tariff.mediumBelow, 20, "bound");
    }

    function test_FeeOf_ByValue() public view {
        (uint256 fee, uint256 perJuror, uint8 tier) = court.feeOf(address(token), 5e6);
        assertEq(perJuror, MIN_FEE, "least");
        assertEq(fee, 3 * MIN_FEE, "fee");
        assertEq(tier, 0, "small");
        (, perJuror, tier) = court.feeOf(address(token), 500e6);
        assertEq(perJuror, 5e6, "share");
        assertEq(tier, 1, "medium");
        (, perJuror, tier) = court.feeOf(address(token), 1000e6);
        assertEq(tier, 2, "large");
        (, perJuror,) = court.feeOf(address(token), type(uint200).max);
        assertTrue(perJuror <= type(uint96).max && perJuror > type(uint96).max / 2, "capped");
    }

    function test_TariffOf_ACurrencyNobodyHasPriced() public view {
        assertEq(court.tariffOf(stranger).feeBps, 100, "one percent");
        assertEq(court.tariffOf(stranger).minFee, 0, "no least fee");
        assertEq(court.tariffOf(stranger).mediumBelow, type(uint128).max, "tier 1");
    }

    function test_SetTariff_RevertWhen_OutOfBounds() public {
        bytes memory refusal = abi.encodeWithSelector(ICourt.Court_InvalidTariff.selector, NATIVE);
        vm.expectRevert(refusal);
        court.setTariff(NATIVE, Tariff(0, 501, 0, 0));
        vm.expectRevert(refusal);
        court.setTariff(NATIVE, Tariff(0, 500, 1, 0));
        court.setTariff(NATIVE, Tariff(0, 500, 1, 1));
    }

    function test_SetTiming_WithinBounds() public {
        Timing memory timing = Timing(1 days, 2 days, 3 days, 3 days);
        court.setTiming(1, timing);
        assertEq(court.timingOf(1).revealSeconds, 3 days, "reveal");
        bytes memory refusal = abi.encodeWithSelector(ICourt.Court_InvalidTiming.selector, 1);
        uint32 least = 15 minutes;
        vm.expectRevert(refusal);
        court.setTiming(1, Timing(1 days, 2 days, 3 days, 3 days + 1));
        vm.expectRevert(refusal);
        court.setTiming(1, Timing(least - 1, least, least, least));
        vm.expectRevert(refusal);
        court.setTiming(1, Timing(least, least - 1, least, least));
        vm.expectRevert(refusal);
        court.setTiming(1, Timing(least, least, least - 1, least));
        vm.expectRevert(refusal);
        court.setTiming(1, Timing(least, least, least, least - 1));
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_InvalidTiming.selector, 3));
        court.setTiming(3, timing);
    }

    function test_TheLargestTakesSixDaysInAll() public view {
        Timing memory timing = court.timingOf(2);
        uint256 sum = uint256(timing.evidenceSeconds) + timing.commitSeconds + timing.revealSeconds
            + timing.appealSeconds;
        assertEq(sum, 6 days, "six days");
        assertEq(court.timingOf(0).commitSeconds, 45 minutes, "small");
    }

    function test_RevertWhen_NotGovernance() public {
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        court.setTariff(NATIVE, Tariff(0, 0, 0, 0));
        vm.expectRevert(refusal);
        court.setTiming(0, Timing(1 days, 1 days, 1 days, 1 days));
        vm.stopPrank();
    }

    function test_GetDispute_EmptyWhenUnknown() public view {
        assertEq(uint256(court.getDispute(5).orderId), 0, "order");
        assertEq(court.disputeOf("nothing"), 0, "dispute");
    }
}
