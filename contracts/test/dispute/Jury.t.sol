// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IJury, JurorView} from "../../src/dispute/IJury.sol";
import {Jury} from "../../src/dispute/Jury.sol";
import {CourtTest} from "./CourtTest.sol";

contract JuryTest is CourtTest {
    address private immutable _newcomer = person("newcomer");

    function test_Stake_CountsInTheDraw() public {
        uint256 before = jury.totalWeight();
        _stakeAs(_newcomer, STAKE);
        JurorView memory juror = jury.jurorOf(_newcomer);
        assertEq(juror.stake, STAKE, "stake");
        assertEq(juror.locked, 0, "locked");
        assertEq(juror.weight, STAKE, "weight");
        assertTrue(juror.active, "active");
        assertEq(jury.totalWeight(), before + STAKE, "total");
        assertEq(book.balanceOf(address(jury), address(vote)), (JURORS + 1) * STAKE, "held");
    }

    function test_Stake_BelowASeatWeighsNothing() public {
        _stakeAs(_newcomer, SEAT - 1);
        assertEq(jury.jurorOf(_newcomer).weight, 0, "weight");
        _stakeAs(_newcomer, 1);
        assertEq(jury.jurorOf(_newcomer).weight, SEAT, "weight");
    }

    function test_Stake_RevertWhen_AnotherToken() public {
        _stake(_newcomer, 5);
        vm.expectRevert(abi.encodeWithSelector(IJury.Jury_InvalidPayment.selector, address(token), 5));
        vm.prank(_newcomer);
        book.transferAndCall(address(token), address(jury), 5, "");
    }

    function test_Stake_RevertWhen_NothingOrWithData() public {
        vm.expectRevert(abi.encodeWithSelector(IJury.Jury_InvalidPayment.selector, address(vote), 0));
        book.transferAndCall(address(vote), address(jury), 0, "");
        vote.mint(address(this), 9);
        vote.approve(address(book), 9);
        book.deposit(address(this), address(vote), 9);
        vm.expectRevert(abi.encodeWithSelector(IJury.Jury_InvalidPayment.selector, address(vote), 9));
        book.transferAndCall(address(vote), address(jury), 9, "x");
    }

    function test_Stake_RevertWhen_NotFromTheOrderBook() public {
        vm.expectRevert(abi.encodeWithSelector(IJury.Jury_NotOrderBook.selector, address(this)));
        jury.onPaid(stranger, address(vote), 1, "");
    }

    function test_Unstake_GivesFreeStakeBack() public {
        vm.prank(jurors[0]);
        jury.unstake(STAKE - SEAT);
        assertEq(book.balanceOf(jurors[0], address(vote)), STAKE - SEAT, "balance");
        assertEq(jury.jurorOf(jurors[0]).weight, SEAT, "weight");
        vm.prank(jurors[0]);
        jury.unstake(SEAT);
        assertEq(jury.totalWeight(), (JURORS - 1) * STAKE, "total");
    }

    function test_Unstake_RevertWhen_Locked() public {
        (, uint256 id) = _drawn();
        address juror = _seatOf(id, 0, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IJury.Jury_InsufficientStake.selector, juror, STAKE - SEAT, STAKE - SEAT + 1)
        );
        vm.prank(juror);
        jury.unstake(STAKE - SEAT + 1);
        vm.prank(juror);
        jury.unstake(STAKE - SEAT);
        assertEq(_lockedOf(juror), SEAT, "locked");
    }

    function test_Unstake_RevertWhen_TheSeedIsOutAndThePanelIsNotDrawn() public {
        (, uint256 id) = _joined();
        // Nobody knows the hash yet.
        vm.prank(jurors[0]);
        jury.unstake(1);
        vm.roll(block.number + 2);
        vm.expectRevert(IJury.Jury_DrawPending.selector);
        vm.prank(jurors[0]);
        jury.unstake(1);
        vm.expectRevert(IJury.Jury_DrawPending.selector);
        vm.prank(jurors[0]);
        jury.resume();
        vote.mint(address(this), 1);
        vote.approve(address(book), 1);
        book.deposit(address(this), address(vote), 1);
        vm.expectRevert(IJury.Jury_DrawPending.selector);
        book.transferAndCall(address(vote), address(jury), 1, "");
        court.draw(id);
        vm.prank(jurors[0]);
        jury.unstake(1);
    }

    function test_Resume_BringsAnAbsentJurorBack() public {
        (, uint256 id) = _committing();
        _pass(id);
        court.passPeriod(id);
        address juror = _seatOf(id, 0, 0);
        assertTrue(!jury.jurorOf(juror).active, "absent");
        assertEq(jury.jurorOf(juror).weight, 0, "weight");
        vm.prank(juror);
        jury.resume();
        assertEq(jury.jurorOf(juror).weight, STAKE - SEAT, "weight");
    }

    function test_Resume_RevertWhen_NoJuror() public {
        vm.expectRevert(abi.encodeWithSelector(IJury.Jury_InsufficientStake.selector, stranger, 0, SEAT));
        vm.prank(stranger);
        jury.resume();
    }

    function test_RevertWhen_CallerNotTheCourt() public {
        bytes memory refusal = abi.encodeWithSelector(IJury.Jury_NotCourt.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        jury.drawPanel(shopId, buyer, 0, 3, 3);
        vm.expectRevert(refusal);
        jury.release(new address[](0), new bool[](0), true, stranger);
        vm.expectRevert(refusal);
        jury.dismiss(jurors[0]);
        vm.stopPrank();
    }

    function test_Constructor_RevertWhen_PenaltyAboveTheSeat() public {
        vm.expectRevert(abi.encodeWithSelector(IJury.Jury_InvalidPenalty.selector, 10_001));
        new Jury(book, shop, court, address(forwarder), address(vote), SEAT, 10_001);
    }

    function test_Draw_LocksASeatOfEachJurorOnce() public {
        (, uint256 id) = _drawn();
        for (uint8 i = 0; i < 3; ++i) {
            address juror = _seatOf(id, 0, i);
            assertEq(_lockedOf(juror), SEAT, "locked");
            assertEq(jury.jurorOf(juror).weight, STAKE - SEAT, "weight");
        }
        assertEq(jury.totalWeight(), JURORS * STAKE - 3 * SEAT, "total");
    }

    /// Neither side judges itself, however much it has staked.
    function testFuzz_Draw_NeverTheParties(bytes32 entropy) public {
        _stakeAs(buyer, 1000 * STAKE);
        _stakeAs(seller, 1000 * STAKE);
        (, uint256 id) = _joined();
        uint256 pinned = court.getDispute(id).pinnedBlock;
        vm.roll(pinned + 1);
        vm.setBlockhash(pinned, entropy);
        court.draw(id);
        for (uint8 i = 0; i < 3; ++i) {
            address juror = _seatOf(id, 0, i);
            assertTrue(juror != buyer && juror != seller, "a party sits on the panel");
            assertTrue(juror != address(0), "an empty seat");
            for (uint8 k = 0; k < i; ++k) assertTrue(juror != _seatOf(id, 0, k), "drawn twice");
        }
    }

    /// The more stake, the more often drawn: a juror with nine tenths of it sits on nearly every panel.
    function test_Draw_FollowsTheStake() public {
        address whale = person("whale");
        _stakeAs(whale, 9 * JURORS * STAKE);
        uint256 seats = 0;
        for (uint256 i = 0; i < 20; ++i) {
            (, uint256 id) = _drawn();
            for (uint8 k = 0; k < 3; ++k) {
                if (_seatOf(id, 0, k) == whale) ++seats;
            }
        }
        assertTrue(seats >= 16, "the whale was drawn too rarely");
    }

    function test_Draw_ANewJurorAfterOthersLeft() public {
        for (uint256 i = 0; i < JURORS; ++i) {
            vm.prank(jurors[i]);
            jury.unstake(STAKE);
        }
        assertEq(jury.totalWeight(), 0, "nobody left");
        for (uint256 i = 0; i < 3; ++i) _juror(100 + i);
        (, uint256 id) = _drawn();
        assertTrue(_lockedOf(vm.addr(0xa11ce + 100)) == SEAT, "drawn");
        assertEq(court.getRound(id, 0).seats, 3, "seats");
    }
}
