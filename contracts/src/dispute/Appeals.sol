// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Side} from "../order/IArbitration.sol";
import {Choice, ICourt, Phase} from "./ICourt.sol";
import {Votes} from "./Votes.sol";

/// @title Appeals: a crowd pays for a larger panel. See {ICourt}.
/// @dev The losing side brings the panel's cost and half of it more; the winning side may bring as much. The panel is paid
/// out of both; the rest goes to those who backed the final ruling, in proportion.
abstract contract Appeals is Votes {
    /// @inheritdoc ICourt
    function settleContribution(uint256 disputeId, uint8 round, Side side, address contributor) external {
        DisputeRecord storage d = _disputes[disputeId];
        Pot storage pot = _pots[disputeId][round];
        uint256 given = pot.given[side][contributor];
        require(given != 0, Court_AlreadySettled(disputeId, round));
        uint256 amount = given;
        if (d.round < round) {
            // The appeal did not come about.
            require(d.phase >= Phase.Decided, Court_WrongPhase(disputeId, d.phase));
        } else {
            require(_rounds[disputeId][round].settled, Court_WrongPhase(disputeId, d.phase));
            amount = _shares(disputeId, d, side) ? _take(pot, given) : 0;
        }
        pot.given[side][contributor] = 0;
        emit ContributionSettled(disputeId, round, side, contributor, amount);
        if (amount != 0) orderBook.transfer(_currency(d.currency), contributor, amount);
    }

    /// @inheritdoc ICourt
    function appealOf(uint256 disputeId, uint8 round, Side side)
        external
        view
        returns (uint256 raised, uint256 target)
    {
        return (_pots[disputeId][round].raised[uint256(side)], _target(_disputes[disputeId], round));
    }

    /// @inheritdoc ICourt
    function contributionOf(uint256 disputeId, uint8 round, Side side, address contributor)
        external
        view
        returns (uint256)
    {
        return _pots[disputeId][round].given[side][contributor];
    }

    /// @dev Takes a contribution to the appeal against the present round's ruling.
    function _contribute(address from, address token, uint256 amount, uint256 disputeId, Side side) internal {
        DisputeRecord storage d = _disputes[disputeId];
        _requirePhase(disputeId, d.phase, Phase.Appeal);
        require(token == _currency(d.currency), Court_InvalidPayment(token, amount));
        // The losing side ends early, so that the other can still answer it.
        uint256 until = _isLosing(_rounds[disputeId][d.round].ruling, side) ? _halfTime(d) : d.deadline;
        require(block.timestamp <= until, Court_TooLate(disputeId, until));
        uint8 next = d.round + 1;
        Pot storage pot = _pots[disputeId][next];
        uint256 total = pot.raised[uint256(side)] + amount;
        uint256 target = _target(d, next);
        require(total <= target, Court_TooMuch(disputeId, target + amount - total));
        pot.raised[uint256(side)] = uint128(total);
        pot.given[side][from] += amount;
        emit AppealContributed(disputeId, next, side, from, amount, total);
    }

    /// @dev Appeal → Evidence of the next round when it is paid for, else Decided. Early when nothing more can come.
    function _passAppeal(uint256 disputeId, DisputeRecord storage d) internal {
        uint8 next = d.round + 1;
        uint128[2] memory raised = _pots[disputeId][next].raised;
        uint256 target = _target(d, next);
        (bool buyerFull, bool sellerFull) = (raised[0] == target, raised[1] == target);
        Choice ruling = _rounds[disputeId][d.round].ruling;
        // Jurors who cannot be paid are not called.
        bool funded = target != 0
            && (buyerFull && _isLosing(ruling, Side.Buyer) || sellerFull && _isLosing(ruling, Side.Seller));
        bool over = block.timestamp > d.deadline || buyerFull && sellerFull || !funded && block.timestamp > _halfTime(d);
        require(over, Court_TooEarly(disputeId, d.deadline));
        if (!funded) return _enter(disputeId, d, Phase.Decided, 0);

        d.round = next;
        emit AppealDecision(disputeId, address(orderBook));
        emit Appealed(disputeId, next, uint8(_panelSize(next)), _panelCost(d, next));
        _enter(disputeId, d, Phase.Evidence, _timingOf(d).evidenceSeconds);
        _await(disputeId, d);
    }

    /// @dev Fixes what an appeal's contributors share, once its panel's cost is known.
    function _settlePot(uint256 disputeId, DisputeRecord storage d, uint8 round, uint256 cost) internal {
        Pot storage pot = _pots[disputeId][round];
        uint128[2] memory raised = pot.raised;
        uint256 rest = uint256(raised[0]) + raised[1] - cost;
        uint256 shares = (_shares(disputeId, d, Side.Buyer) ? raised[0] : 0) + (_shares(disputeId, d, Side.Seller) ? raised[1] : 0);
        if (shares != 0) {
            (pot.rest, pot.shares) = (uint128(rest), uint128(shares));
            return;
        }
        // Nobody backed the winner's side: what the losers staked is the winner's.
        Side side = _rulingOf(disputeId, d) == Choice.Buyer ? Side.Buyer : Side.Seller;
        address winner = _accountOf(d, side);
        emit ContributionSettled(disputeId, round, side, winner, rest);
        if (rest != 0) orderBook.transfer(_currency(d.currency), winner, rest);
    }

    /// @dev Whether a side's contributors share the rest. Without a ruling all do: a party that gives in must not
    /// take the money of those who backed it.
    function _shares(uint256 disputeId, DisputeRecord storage d, Side side) private view returns (bool) {
        if (d.phase == Phase.Closed) return true;
        return _rulingOf(disputeId, d) != (side == Side.Buyer ? Choice.Seller : Choice.Buyer);
    }

    /// @dev The last to come gets exactly what is left, so nothing is lost to rounding.
    function _take(Pot storage pot, uint256 given) private returns (uint256 amount) {
        (uint256 rest, uint256 shares) = (pot.rest, pot.shares);
        amount = rest * given / shares;
        (pot.rest, pot.shares) = (uint128(rest - amount), uint128(shares - given));
    }

    function _halfTime(DisputeRecord storage d) private view returns (uint256) {
        return d.deadline - _timingOf(d).appealSeconds / 2;
    }

    /// @dev The next panel's cost and half of it.
    function _target(DisputeRecord storage d, uint256 round) private view returns (uint256) {
        return _panelCost(d, round) * 3 / 2;
    }

    /// @dev When the ruling gives both a half, or nothing was ruled, both sides may appeal.
    function _isLosing(Choice ruling, Side side) private pure returns (bool) {
        return ruling != (side == Side.Buyer ? Choice.Buyer : Choice.Seller);
    }
}
