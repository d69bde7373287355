// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {State} from "../order/IOrderBook.sol";
import {BlockHashes} from "../platform/BlockHashes.sol";
import {ICourt, Phase, Round} from "./ICourt.sol";
import {Docket} from "./Docket.sol";

/// @title Panels: who draws when, from the hash of a block nobody knew beforehand. See {ICourt}.
/// @dev Panels are drawn in the order in which they were asked for, so that nobody can choose by changing the order.
abstract contract Panels is Docket {
    /// @dev One storage word.
    struct Queue {
        uint64 lastTicket;
        uint64 lastDrawn;
        /// No panel that waits was pinned to an earlier block.
        uint64 firstPinned;
    }

    uint256 internal constant META_EVIDENCE = 0;

    Queue private _queue;

    /// @inheritdoc ICourt
    function draw(uint256 disputeId) external {
        DisputeRecord storage d = _disputes[disputeId];
        uint40 ticket = d.ticket;
        if (ticket == 0) {
            _requirePhase(disputeId, d.phase, Phase.Evidence);
            require(_rounds[disputeId][d.round].seats == 0, Court_AlreadyDrawn(disputeId));
            // The evidence period of a first round starts here.
            if (d.deadline == 0) d.deadline = _endOf(_timingOf(d).evidenceSeconds);
            return _await(disputeId, d);
        }
        uint40 pinnedBlock = d.pinnedBlock;
        require(block.number > pinnedBlock, Court_TooEarly(disputeId, pinnedBlock));
        Queue memory queue = _queue;
        require(ticket == queue.lastDrawn + 1, Court_NotNext(disputeId, ticket, queue.lastDrawn + 1));
        (_queue.lastDrawn, _queue.firstPinned) = (ticket, pinnedBlock);
        (d.ticket, d.pinnedBlock) = (0, 0);

        (bool open, uint32 step) = _isOpen(disputeId, d);
        // The order has left; only the ticket was still waiting.
        if (!open) return;
        bytes32 entropy = BlockHashes.hashOf(pinnedBlock);
        if (entropy == 0) _await(disputeId, d);
        else _seat(disputeId, d, keccak256(abi.encode(entropy, disputeId, d.round)), step);
    }

    /// @inheritdoc ICourt
    function drawPending() public view returns (bool) {
        Queue memory queue = _queue;
        return queue.lastTicket != queue.lastDrawn && block.number > queue.firstPinned;
    }

    /// @dev Asks for the present round's panel: the next block's hash will draw it.
    function _await(uint256 disputeId, DisputeRecord storage d) internal {
        uint64 pinnedBlock = uint64(block.number + 1);
        Queue memory queue = _queue;
        if (queue.lastTicket == queue.lastDrawn) queue.firstPinned = pinnedBlock;
        uint64 ticket = ++queue.lastTicket;
        _queue = queue;
        (d.ticket, d.pinnedBlock) = (uint40(ticket), uint40(pinnedBlock));
        emit DrawPinned(disputeId, d.round, ticket, pinnedBlock, d.deadline);
    }

    /// @dev Whether the order is still before the court in this dispute.
    function _isOpen(uint256 disputeId, DisputeRecord storage d) internal view returns (bool open, uint32 step) {
        if (d.phase >= Phase.Closed || _has(d, RENEWED)) return (false, 0);
        State state;
        (state,, step) = orderBook.stateOf(_orderIdOf(disputeId, d));
        uint32 drawn = _rounds[disputeId][0].step;
        // A panel is drawn only once both have joined: then the order's next step leads out of the court.
        open = drawn == 0 ? state == State.Contested || state == State.Disputed : step == drawn;
    }

    function _seat(uint256 disputeId, DisputeRecord storage d, bytes32 seed, uint32 step) private {
        uint8 round = d.round;
        (address[] memory panel, uint256 available) =
            jury.drawPanel(d.shopId, d.buyer, seed, _panelSize(round), FIRST_PANEL);
        uint256 count = panel.length;
        if (count == 0) {
            emit DrawPostponed(disputeId, round, available);
            return;
        }
        Round storage r = _rounds[disputeId][round];
        (r.seats, r.step) = (uint8(count), step);
        if (round == 0) {
            emit DisputeCreation(disputeId, address(orderBook));
            emit Dispute(address(this), disputeId, META_EVIDENCE, disputeId);
        }
        Seat[] storage seats = _seats[disputeId][round];
        for (uint256 i = 0; i < count; ++i) {
            seats.push().juror = panel[i];
            emit JurorDrawn(disputeId, round, uint8(i), panel[i]);
        }
        emit PanelDrawn(disputeId, round, uint8(count), seed);
    }
}
