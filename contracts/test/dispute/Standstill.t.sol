// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Choice, ICourt, Phase} from "../../src/dispute/ICourt.sol";
import {Side} from "../../src/order/IArbitration.sol";
import {Order} from "../../src/order/IOrderBook.sol";
import {Roles} from "../../src/shop/Roles.sol";
import {CourtTest} from "./CourtTest.sol";

/// What a side can do so that no panel sits.
contract StandstillTest is CourtTest {
    /// @dev Leaves so many jurors, each of whom can take one seat at a time.
    function _leave(uint256 count) private {
        for (uint256 i = 0; i < jurors.length; ++i) {
            vm.prank(jurors[i]);
            jury.unstake(i < count ? STAKE - SEAT : STAKE);
        }
    }

    function test_Appeal_ThatFindsNoPanelLeavesTheRulingAsItIs() public {
        _leave(5);
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        (, uint256 target) = court.appealOf(id, 1, Side.Seller);
        _contribute(stranger, id, Side.Seller, target);
        _pass(id);
        _draw(id);
        assertEq(court.getRound(id, 1).seats, 0, "two are left");
        _pass(id);
        _assertPhase(id, Phase.Decided);
        _assertRuling(id, Choice.Buyer);
        uint256 before = _balance(buyer);
        court.execute(id, order);
        assertEq(_balance(buyer), before + TOTAL + FEE, "the buyer has won");
        court.settleRound(id, 0);
        court.settleContribution(id, 1, Side.Seller, stranger);
        assertEq(_balance(stranger), target, "what bought nothing goes back");
        assertEq(_courtBalance(), 0, "nothing is left over");
    }

    function test_Appeal_WaitsForItsPanelUntilTheEvidencePeriodIsOver() public {
        _leave(5);
        (, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        (, uint256 target) = court.appealOf(id, 1, Side.Seller);
        _contribute(stranger, id, Side.Seller, target);
        _pass(id);
        uint40 deadline = court.getDispute(id).deadline;
        _draw(id);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooEarly.selector, id, deadline));
        court.passPeriod(id);
        court.draw(id);
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotDrawn.selector, id));
        court.passPeriod(id);
        _stakeAs(stranger, STAKE);
        _draw(id);
        court.passPeriod(id);
        _assertPhase(id, Phase.Commit);
        assertEq(court.getRound(id, 1).seats, 3, "seats");
    }

    function test_Draw_ASellerCannotHireThePanelAway() public {
        _leave(5);
        (, uint256 id) = _joined();
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(seller);
            shop.setStaff(shopId, jurors[i], Roles.CATALOGUE);
        }
        _draw(id);
        assertEq(court.getRound(id, 0).seats, 3, "seats");
    }

    /// The node's keeper sends each call with four million gas.
    function test_Gas_TheLargestPanelIsDrawnAndPaidByTheKeeper() public {
        for (uint256 i = JURORS; i < 200; ++i) jurors.push(_juror(i));
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.Buyer);
        _appeal(id, Side.Seller);
        _vote(id, _all(Choice.Buyer, 7));
        (, uint256 target) = court.appealOf(id, 2, Side.Seller);
        _contribute(stranger, id, Side.Seller, target);
        _pass(id);
        vm.roll(block.number + 2);
        uint256 before = gasleft();
        court.draw(id);
        uint256 draw = before - gasleft();
        _pass(id);
        _vote(id, _all(Choice.Buyer, 15));
        court.execute(id, order);
        before = gasleft();
        court.settleRound(id, 2);
        uint256 settle = before - gasleft();
        assertTrue(draw < 4_000_000 && settle < 4_000_000, "gas");
    }
}
