// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Choice, ICourt, Phase, Round} from "./ICourt.sol";
import {Panels} from "./Panels.sol";

/// @title Votes: commit, reveal, count. See {ICourt}.
abstract contract Votes is Panels {
    uint256 internal constant MAX_TEXT = 2048;

    /// @inheritdoc ICourt
    function commitVote(uint256 disputeId, uint8 seat, bytes32 commitment) external {
        (uint8 round, Seat storage s, address juror) = _requireSeat(disputeId, seat, Phase.Commit);
        require(commitment != 0 && s.commitment == 0, Court_WrongVote(disputeId, seat));
        s.commitment = commitment;
        ++_rounds[disputeId][round].commits;
        emit VoteCommitted(disputeId, round, seat, juror, commitment);
    }

    /// @inheritdoc ICourt
    /// @dev A copied commitment cannot be revealed: the juror's address is part of it.
    function revealVote(uint256 disputeId, uint8 seat, Choice choice, bytes32 salt, string calldata reason) external {
        (uint8 round, Seat storage s, address juror) = _requireSeat(disputeId, seat, Phase.Reveal);
        require(choice != Choice.None, Court_InvalidChoice(uint256(choice)));
        require(s.commitment != 0 && s.choice == Choice.None, Court_WrongVote(disputeId, seat));
        require(
            s.commitment == commitmentOf(disputeId, round, juror, choice, salt), Court_WrongReveal(disputeId, seat)
        );
        require(bytes(reason).length <= MAX_TEXT, Court_InvalidText(bytes(reason).length));
        s.choice = choice;
        Round storage r = _rounds[disputeId][round];
        ++r.reveals;
        if (choice == Choice.Buyer) ++r.forBuyer;
        else if (choice == Choice.Seller) ++r.forSeller;
        else ++r.forEven;
        emit VoteRevealed(disputeId, round, seat, juror, choice, reason);
    }

    /// @inheritdoc ICourt
    function commitmentOf(uint256 disputeId, uint8 round, address juror, Choice choice, bytes32 salt)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(disputeId, round, juror, choice, salt));
    }

    /// @dev Evidence → Commit, once a panel is there. An appeal for which none could be drawn has not come about: the ruling
    /// before it stands, else whoever lost would only have to appeal to a court without enough jurors, and wait for half.
    function _passEvidence(uint256 disputeId, DisputeRecord storage d) internal {
        require(block.timestamp > d.deadline, Court_TooEarly(disputeId, d.deadline));
        if (_rounds[disputeId][d.round].seats != 0) {
            return _enter(disputeId, d, Phase.Commit, _timingOf(d).commitSeconds);
        }
        require(d.round != 0 && d.ticket == 0, Court_NotDrawn(disputeId));
        --d.round;
        _enter(disputeId, d, Phase.Decided, 0);
    }

    /// @dev Commit → Reveal, early when the whole panel has committed.
    function _passCommit(uint256 disputeId, DisputeRecord storage d) internal {
        Round memory r = _rounds[disputeId][d.round];
        require(block.timestamp > d.deadline || r.commits == r.seats, Court_TooEarly(disputeId, d.deadline));
        _enter(disputeId, d, Phase.Reveal, _timingOf(d).revealSeconds);
    }

    /// @dev Reveal → Appeal, or Decided after the last round; early when all who committed have revealed.
    function _passReveal(uint256 disputeId, DisputeRecord storage d) internal {
        Round memory r = _rounds[disputeId][d.round];
        require(block.timestamp > d.deadline || r.reveals == r.commits, Court_TooEarly(disputeId, d.deadline));
        Choice ruling = _count(r);
        // A panel that stays away does not undo what the one before it ruled.
        if (r.reveals == 0 && d.round != 0) ruling = _rounds[disputeId][d.round - 1].ruling;
        _rounds[disputeId][d.round].ruling = ruling;
        if (r.reveals != r.seats) _dismissAbsent(disputeId, d.round);
        emit RoundRuled(disputeId, d.round, ruling, r.forBuyer, r.forSeller, r.forEven);
        if (d.round == LAST_ROUND) {
            _enter(disputeId, d, Phase.Decided, 0);
        } else {
            _enter(disputeId, d, Phase.Appeal, _timingOf(d).appealSeconds);
            emit AppealPossible(disputeId, address(orderBook));
        }
    }

    /// @dev Moves to a phase that lasts so long; zero for one that waits for nothing but a call.
    function _enter(uint256 disputeId, DisputeRecord storage d, Phase phase, uint256 duration) internal {
        (d.phase, d.deadline) = (phase, duration == 0 ? 0 : _endOf(duration));
        emit PeriodPassed(disputeId, d.round, phase, d.deadline);
    }

    /// @dev Who missed the vote is not drawn again until it comes back.
    function _dismissAbsent(uint256 disputeId, uint8 round) private {
        Seat[] storage seats = _seats[disputeId][round];
        for (uint256 i = 0; i < seats.length; ++i) {
            if (seats[i].choice == Choice.None) jury.dismiss(seats[i].juror);
        }
    }

    function _requireSeat(uint256 disputeId, uint8 seat, Phase required)
        private
        view
        returns (uint8 round, Seat storage s, address juror)
    {
        DisputeRecord storage d = _disputes[disputeId];
        _requirePhase(disputeId, d.phase, required);
        require(block.timestamp <= d.deadline, Court_TooLate(disputeId, d.deadline));
        (round, juror) = (d.round, _msgSender());
        Seat[] storage seats = _seats[disputeId][round];
        require(
            seat < seats.length && seats[seat].juror == juror, Court_NotOnPanel(disputeId, seat, juror)
        );
        s = seats[seat];
    }

    /// @dev The most votes; none on a tie.
    function _count(Round memory r) private pure returns (Choice) {
        if (r.forBuyer > r.forSeller && r.forBuyer > r.forEven) return Choice.Buyer;
        if (r.forSeller > r.forBuyer && r.forSeller > r.forEven) return Choice.Seller;
        if (r.forEven > r.forBuyer && r.forEven > r.forSeller) return Choice.Even;
        return Choice.None;
    }
}
