// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Choice, DisputeView, ICourt, Phase, Round} from "../../src/dispute/ICourt.sol";
import {IJury} from "../../src/dispute/IJury.sol";
import {Order} from "../../src/order/IOrderBook.sol";
import {CourtTest} from "./CourtTest.sol";

contract VoteTest is CourtTest {
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    function test_Draw_SeatsThreeAndLeavesTheEvidencePeriodAsItIs() public {
        (, uint256 id) = _joined();
        uint256 deadline = court.getDispute(id).deadline;
        _draw(id);
        Round memory round = court.getRound(id, 0);
        assertEq(round.seats, 3, "seats");
        assertEq(court.getDispute(id).deadline, deadline, "deadline");
        assertEq(court.getDispute(id).ticket, 0, "ticket");
        assertEq(_seatOf(id, 0, 3), address(0), "no fourth seat");
    }

    function test_Draw_RevertWhen_TooEarlyOrTwice() public {
        (, uint256 id) = _joined();
        uint256 pinned = court.getDispute(id).pinnedBlock;
        vm.roll(pinned);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooEarly.selector, id, pinned));
        court.draw(id);
        vm.roll(pinned + 1);
        court.draw(id);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_AlreadyDrawn.selector, id));
        court.draw(id);
    }

    function test_Draw_RevertWhen_NotPaid() public {
        (, uint256 id) = _contested();
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Contested));
        court.draw(id);
    }

    function test_Draw_InTheOrderOfTickets() public {
        (, uint256 first) = _joined();
        (, uint256 second) = _joined();
        vm.roll(block.number + 2);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotNext.selector, second, 2, 1));
        court.draw(second);
        court.draw(first);
        assertTrue(court.drawPending(), "the second still waits");
        court.draw(second);
        assertTrue(!court.drawPending(), "none waits");
    }

    /// A hash that is out of reach draws nobody: another block is pinned, behind whoever waits already.
    function test_Draw_PinsAnewWhenTheHashIsOutOfReach() public {
        (, uint256 first) = _joined();
        (, uint256 second) = _joined();
        // A chain without a history of hashes (EIP-2935).
        vm.etch(HISTORY, hex"00");
        vm.roll(block.number + 9000);
        court.draw(first);
        DisputeView memory d = court.getDispute(first);
        assertEq(d.ticket, 3, "at the end of the queue");
        assertEq(d.pinnedBlock, block.number + 1, "pinned");
        assertEq(court.getRound(first, 0).seats, 0, "not drawn");
        court.draw(second);
        assertEq(court.getDispute(second).ticket, 4, "so is the second");
        vm.roll(block.number + 2);
        court.draw(first);
        court.draw(second);
        assertEq(court.getRound(second, 0).seats, 3, "drawn");
    }

    /// Where the chain keeps a history of hashes, a panel can be drawn from it.
    function test_Draw_FromTheHistoryOfHashes() public {
        (, uint256 id) = _joined();
        // Answers with what it was asked.
        vm.etch(HISTORY, hex"5f355f5260205ff3");
        vm.roll(block.number + 1000);
        court.draw(id);
        assertEq(court.getRound(id, 0).seats, 3, "drawn");
    }

    /// A history that fails with an error is no hash: else everybody would know the seed.
    function test_Draw_NotFromAnError() public {
        (, uint256 id) = _joined();
        // Reverts with 32 bytes of ones.
        vm.etch(HISTORY, hex"5f195f5260205ffd");
        vm.roll(block.number + 1000);
        court.draw(id);
        assertEq(court.getRound(id, 0).seats, 0, "not drawn");
        assertEq(court.getDispute(id).pinnedBlock, block.number + 1, "pinned anew");
    }

    function test_Draw_WaitsForJurors() public {
        for (uint256 i = 2; i < JURORS; ++i) {
            vm.prank(jurors[i]);
            jury.unstake(STAKE);
        }
        (, uint256 id) = _joined();
        _draw(id);
        assertEq(court.getRound(id, 0).seats, 0, "two are no panel");
        assertEq(_lockedOf(jurors[0]), 0, "nothing is locked");
        assertTrue(!court.drawPending(), "stakes can move");
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotDrawn.selector, id));
        court.passPeriod(id);
        _stakeAs(jurors[2], STAKE);
        court.draw(id);
        assertEq(court.getDispute(id).ticket, 2, "pinned anew");
        _draw(id);
        assertEq(court.getRound(id, 0).seats, 3, "drawn");
        court.passPeriod(id);
    }

    function test_PassPeriod_RevertWhen_TooEarly() public {
        (, uint256 id) = _drawn();
        uint256 deadline = court.getDispute(id).deadline;
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooEarly.selector, id, deadline));
        court.passPeriod(id);
        vm.warp(deadline + 1);
        court.passPeriod(id);
        deadline = court.getDispute(id).deadline;
        assertEq(deadline, block.timestamp + PERIOD, "commit period");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooEarly.selector, id, deadline));
        court.passPeriod(id);
        _commit(id, _choices(Choice.Buyer, Choice.Buyer, Choice.None));
        vm.warp(deadline + 1);
        court.passPeriod(id);
        deadline = court.getDispute(id).deadline;
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooEarly.selector, id, deadline));
        court.passPeriod(id);
    }

    function test_PassPeriod_RevertWhen_NothingPasses() public {
        (, uint256 id) = _contested();
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Contested));
        court.passPeriod(id);
    }

    /// When everybody has done their part nobody waits for the clock.
    function test_PassPeriod_EarlyWhenAllHaveVoted() public {
        (, uint256 id) = _committing();
        _commit(id, _all(Choice.Seller, 3));
        court.passPeriod(id);
        _assertPhase(id, Phase.Reveal);
        _reveal(id, _all(Choice.Seller, 3));
        court.passPeriod(id);
        _assertPhase(id, Phase.Appeal);
        _assertRuling(id, Choice.Seller);
    }

    function test_Rule_MostVotesWin() public {
        (, uint256 a) = _ruled(Choice.Buyer, Choice.Seller, Choice.Buyer);
        _assertRuling(a, Choice.Buyer);
        (, uint256 b) = _ruled(Choice.Even, Choice.Even, Choice.Buyer);
        _assertRuling(b, Choice.Even);
        (, uint256 c) = _ruled(Choice.Buyer, Choice.Seller, Choice.Even);
        _assertRuling(c, Choice.None);
        (, uint256 d) = _ruled(Choice.Seller, Choice.None, Choice.Seller);
        _assertRuling(d, Choice.Seller);
    }

    function test_Commit_RevertWhen_AnotherSeatOrAStranger() public {
        (, uint256 id) = _committing();
        address juror = _seatOf(id, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotOnPanel.selector, id, 1, juror));
        vm.prank(juror);
        court.commitVote(id, 1, "c");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotOnPanel.selector, id, 3, juror));
        vm.prank(juror);
        court.commitVote(id, 3, "c");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotOnPanel.selector, id, 0, stranger));
        vm.prank(stranger);
        court.commitVote(id, 0, "c");
    }

    function test_Commit_RevertWhen_TwiceOrEmpty() public {
        (, uint256 id) = _committing();
        vm.startPrank(_seatOf(id, 0, 0));
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongVote.selector, id, 0));
        court.commitVote(id, 0, 0);
        court.commitVote(id, 0, "c");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongVote.selector, id, 0));
        court.commitVote(id, 0, "d");
        vm.stopPrank();
    }

    function test_Commit_RevertWhen_LateOrNotYet() public {
        (, uint256 id) = _drawn();
        address juror = _seatOf(id, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongPhase.selector, id, Phase.Evidence));
        vm.prank(juror);
        court.commitVote(id, 0, "c");
        _pass(id);
        uint256 deadline = court.getDispute(id).deadline;
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooLate.selector, id, deadline));
        vm.prank(juror);
        court.commitVote(id, 0, "c");
    }

    /// Whoever copies another's commitment cannot reveal it: it names its juror.
    function test_Reveal_RevertWhen_TheCommitmentWasCopied() public {
        (, uint256 id) = _committing();
        (address honest, address copycat) = (_seatOf(id, 0, 0), _seatOf(id, 0, 1));
        bytes32 commitment = court.commitmentOf(id, 0, honest, Choice.Buyer, SALT);
        vm.prank(honest);
        court.commitVote(id, 0, commitment);
        vm.prank(copycat);
        court.commitVote(id, 1, commitment);
        _pass(id);
        vm.prank(honest);
        court.revealVote(id, 0, Choice.Buyer, SALT, "");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongReveal.selector, id, 1));
        vm.prank(copycat);
        court.revealVote(id, 1, Choice.Buyer, SALT, "");
    }

    function test_Reveal_RevertWhen_ForSomebodyElse() public {
        (, uint256 id) = _committing();
        _commit(id, _all(Choice.Buyer, 3));
        court.passPeriod(id);
        address other = _seatOf(id, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_NotOnPanel.selector, id, 0, other));
        vm.prank(other);
        court.revealVote(id, 0, Choice.Buyer, SALT, "");
    }

    function test_Reveal_RevertWhen_AnotherChoiceOrSalt() public {
        (, uint256 id) = _committing();
        _commit(id, _all(Choice.Buyer, 3));
        court.passPeriod(id);
        vm.startPrank(_seatOf(id, 0, 0));
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongReveal.selector, id, 0));
        court.revealVote(id, 0, Choice.Seller, SALT, "");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongReveal.selector, id, 0));
        court.revealVote(id, 0, Choice.Buyer, "other", "");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_InvalidChoice.selector, 0));
        court.revealVote(id, 0, Choice.None, SALT, "");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_InvalidText.selector, 2049));
        court.revealVote(id, 0, Choice.Buyer, SALT, string(new bytes(2049)));
        vm.stopPrank();
    }

    function test_Reveal_RevertWhen_TwiceLateOrNeverCommitted() public {
        (, uint256 id) = _committing();
        _commit(id, _choices(Choice.Buyer, Choice.Buyer, Choice.None));
        _pass(id);
        address juror = _seatOf(id, 0, 0);
        vm.prank(juror);
        court.revealVote(id, 0, Choice.Buyer, SALT, "");
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongVote.selector, id, 0));
        vm.prank(juror);
        court.revealVote(id, 0, Choice.Buyer, SALT, "");
        address silent = _seatOf(id, 0, 2);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_WrongVote.selector, id, 2));
        vm.prank(silent);
        court.revealVote(id, 2, Choice.Buyer, SALT, "");
        uint256 deadline = court.getDispute(id).deadline;
        vm.warp(deadline + 1);
        address late = _seatOf(id, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(ICourt.Court_TooLate.selector, id, deadline));
        vm.prank(late);
        court.revealVote(id, 1, Choice.Buyer, SALT, "");
    }

    function test_NoShow_IsFinedAndNotDrawnAgain() public {
        (Order memory order, uint256 id) = _ruled(Choice.Buyer, Choice.Buyer, Choice.None);
        address absent = _seatOf(id, 0, 2);
        assertTrue(!jury.jurorOf(absent).active, "out of the draw");
        assertEq(jury.jurorOf(absent).weight, 0, "weight");
        _pass(id);
        court.execute(id, order);
        court.settleRound(id, 0);
        assertEq(_stakeOf(absent), STAKE - PENALTY, "fined");
        assertEq(_stakeOf(_seatOf(id, 0, 0)), STAKE + PENALTY / 2, "to those who came");
    }

    /// The tree stands still while a seed is out, also for the absent of another dispute.
    function test_PassPeriod_RevertWhen_ADrawIsPending() public {
        (, uint256 id) = _committing();
        _commit(id, _choices(Choice.Buyer, Choice.Buyer, Choice.None));
        _pass(id);
        _reveal(id, _choices(Choice.Buyer, Choice.Buyer, Choice.None));
        (, uint256 other) = _joined();
        vm.roll(block.number + 2);
        vm.expectRevert(IJury.Jury_DrawPending.selector);
        court.passPeriod(id);
        court.draw(other);
        court.passPeriod(id);
        _assertPhase(id, Phase.Appeal);
    }

    function test_CommitmentOf_IsWhatTheProtocolHashes() public view {
        bytes32 expected = keccak256(abi.encode(uint256(5), uint8(1), stranger, uint8(2), SALT));
        assertEq(court.commitmentOf(5, 1, stranger, Choice.Seller, SALT), expected, "commitment");
    }
}
