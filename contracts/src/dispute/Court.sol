// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Case, IArbitration, Side} from "../order/IArbitration.sol";
import {IOrderBook, Order, State} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IShop} from "../shop/IShop.sol";
import {Roles} from "../shop/Roles.sol";
import {Appeals} from "./Appeals.sol";
import {FeeInsurance} from "./FeeInsurance.sol";
import {Fees} from "./Fees.sol";
import {Choice, ICourt, Phase, Round} from "./ICourt.sol";
import {IFeeInsurance} from "./IFeeInsurance.sol";
import {Docket} from "./Docket.sol";
import {Jury} from "./Jury.sol";

/// @title Court: see {ICourt}.
/// @dev It calls nobody but the order book, the shops and its insurance, none of which calls strangers on its behalf:
/// there is no way in while a function runs.
contract Court is Appeals {
    using Fees for uint32;

    uint16 private constant ALL_TO_BUYER = 10_000;

    IShop public immutable shop;
    /// @inheritdoc ICourt
    IFeeInsurance public immutable insurance;

    /// @param owner The timelock.
    /// @param stakeToken_ What jurors stake.
    /// @param seatStake_ What each seat locks of it.
    /// @param penaltyBps What an incoherent or absent juror loses of that.
    /// @param question URI of the ERC-1497 meta evidence: the choices and what they mean.
    constructor(
        IOrderBook orderBook_,
        IShop shop_,
        address owner,
        address forwarder,
        address stakeToken_,
        uint96 seatStake_,
        uint16 penaltyBps,
        string memory question
    )
        Docket(orderBook_, new Jury(orderBook_, shop_, this, forwarder, stakeToken_, seatStake_, penaltyBps))
        Ownable(owner)
        ERC2771Context(forwarder)
    {
        shop = shop_;
        insurance = new FeeInsurance(orderBook_, this);
        emit MetaEvidence(META_EVIDENCE, question);
    }

    /// @inheritdoc IArbitration
    function onContested(Case calldata dispute, Side side, address) external returns (uint256 fee) {
        _requireOrderBook();
        (uint16 currency, uint32 perJuror, uint8 tier) = _enterQuote(dispute.currency, dispute.atStake);
        bool insured;
        (fee, insured) = _feeDue(FIRST_PANEL * perJuror.unpack(), dispute.currency, dispute.orderId, side);
        uint8 flags = (side == Side.Seller ? BY_SELLER : 0) | (insured ? INSURED : 0) | tier << TIER_SHIFT;
        uint256 id = _record(dispute, currency, perJuror, flags);
        emit DisputeOpened(id, dispute.orderId, side, dispute.atStake, perJuror.unpack(), tier, fee, insured);
    }

    /// @inheritdoc IArbitration
    function onJoined(bytes32 orderId, Side side, address) external returns (uint256 fee) {
        _requireOrderBook();
        uint256 id = disputeOf(orderId);
        DisputeRecord storage d = _disputes[id];
        _requirePhase(id, d.phase, Phase.Contested);
        require(side != _openerOf(d), Court_WrongSide(id, side));
        bool insured = false;
        fee = _panelCost(d, 0);
        if (side == Side.Buyer) (fee, insured) = _feeDue(fee, _currency(d.currency), orderId, side);
        (d.phase, d.flags) = (Phase.Evidence, d.flags | (insured ? JOINED | INSURED : JOINED));
        emit DisputeJoined(id, side, fee, insured);
    }

    /// @inheritdoc IPaymentReceiver
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        _requireOrderBook();
        require(amount != 0, Court_InvalidPayment(token, amount));
        (uint256 disputeId, Side side) = abi.decode(data, (uint256, Side));
        _contribute(from, token, amount, disputeId, side);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc ICourt
    function submitEvidence(uint256 disputeId, string calldata evidence) external {
        DisputeRecord storage d = _disputes[disputeId];
        address caller = _msgSender();
        bool open = d.phase == Phase.Contested || d.phase == Phase.Evidence;
        require(open, Court_WrongPhase(disputeId, d.phase));
        require(d.deadline == 0 || block.timestamp <= d.deadline, Court_TooLate(disputeId, d.deadline));
        require(
            caller == d.buyer || shop.can(d.shopId, caller, Roles.ORDERS), Court_NotParty(disputeId, caller)
        );
        uint256 length = bytes(evidence).length;
        require(length != 0 && length <= MAX_TEXT, Court_InvalidText(length));
        emit Evidence(address(this), disputeId, caller, evidence);
    }

    /// @inheritdoc ICourt
    function passPeriod(uint256 disputeId) external {
        DisputeRecord storage d = _disputes[disputeId];
        if (d.phase == Phase.Evidence) _passEvidence(disputeId, d);
        else if (d.phase == Phase.Commit) _passCommit(disputeId, d);
        else if (d.phase == Phase.Reveal) _passReveal(disputeId, d);
        else if (d.phase == Phase.Appeal) _passAppeal(disputeId, d);
        else revert Court_WrongPhase(disputeId, d.phase);
    }

    /// @inheritdoc ICourt
    function execute(uint256 disputeId, Order calldata order) external {
        DisputeRecord storage d = _disputes[disputeId];
        _requirePhase(disputeId, d.phase, Phase.Decided);
        Choice ruling = _rounds[disputeId][d.round].ruling;
        d.phase = Phase.Executed;
        emit Ruling(address(orderBook), disputeId, uint256(ruling));

        uint16 buyerBps =
            ruling == Choice.Buyer ? ALL_TO_BUYER : ruling == Choice.Seller ? 0 : ALL_TO_BUYER / 2;
        bytes32 orderId = orderBook.rule(order, buyerBps);
        require(orderId == _orderIdOf(disputeId, d), Court_UnknownDispute(uint256(orderId)));
        _returnFees(disputeId, d, ruling);
    }

    /// @inheritdoc ICourt
    function close(uint256 disputeId) external {
        DisputeRecord storage d = _disputes[disputeId];
        require(d.phase != Phase.None && d.phase < Phase.Closed, Court_WrongPhase(disputeId, d.phase));
        (bool open,) = _isOpen(disputeId, d);
        require(!open, Court_StillOpen(disputeId));
        (d.phase, d.deadline) = (Phase.Closed, 0);
        _returnFees(disputeId, d, _outcomeOf(disputeId, d));
    }

    /// @inheritdoc ICourt
    function settleRound(uint256 disputeId, uint8 round) external {
        DisputeRecord storage d = _disputes[disputeId];
        require(d.phase >= Phase.Closed, Court_WrongPhase(disputeId, d.phase));
        Round storage r = _rounds[disputeId][round];
        require(round <= d.round && !r.settled, Court_AlreadySettled(disputeId, round));
        r.settled = true;
        uint256 cost = _costOf(disputeId, d, round);
        _payPanel(disputeId, d, round, cost);
        if (round != 0) _settlePot(disputeId, d, round, cost);
    }

    /// @dev Opens the record of a dispute, after any earlier ones about the same order.
    function _record(Case calldata dispute, uint16 currency, uint32 perJuror, uint8 flags)
        private
        returns (uint256 id)
    {
        id = uint256(dispute.orderId);
        uint8 earlier = 0;
        while (_disputes[id].phase != Phase.None) {
            _disputes[id].flags |= RENEWED;
            ++id;
            ++earlier;
        }
        DisputeRecord storage d = _disputes[id];
        // Shops are counted from one.
        (d.buyer, d.feePerJuror, d.currency, d.shopId) = (dispute.buyer, perJuror, currency, uint32(dispute.shopId));
        (d.phase, d.flags) = (Phase.Contested, flags);
        if (earlier != 0) d.earlier = earlier;
    }

    /// @dev What a side has to bring, or nothing when the insurance stands in.
    function _feeDue(uint256 fee, address currency, bytes32 orderId, Side side) private returns (uint256 due, bool insured) {
        insured = side == Side.Buyer && insurance.reserve(orderId, currency, fee);
        due = insured ? 0 : fee;
    }

    /// @dev Gives back what is left of both sides' fees: the loser's pays the court, a draw is shared.
    function _returnFees(uint256 disputeId, DisputeRecord storage d, Choice outcome) private {
        (uint256 fee, uint256 cost) = (_panelCost(d, 0), _costOf(disputeId, d, 0));
        uint256 buyerCost = outcome == Choice.Buyer ? 0 : outcome == Choice.Seller ? cost : cost / 2;
        emit DisputeClosed(disputeId, outcome, d.phase == Phase.Executed, buyerCost, cost - buyerCost);
        address currency = _currency(d.currency);
        if (_has(d, INSURED)) insurance.conclude(_orderIdOf(disputeId, d), currency, fee, buyerCost);
        _returnFee(d, Side.Buyer, currency, fee - buyerCost);
        _returnFee(d, Side.Seller, currency, fee - (cost - buyerCost));
    }

    function _returnFee(DisputeRecord storage d, Side side, address currency, uint256 amount) private {
        if (amount != 0 && _hasPaid(d, side)) orderBook.transfer(currency, _accountOf(d, side), amount);
    }

    /// @dev Pays whoever was coherent with the final ruling out of the fees and the others' penalties. Without a ruling,
    /// whoever voted earns a seat's fee, and nobody loses anything.
    function _payPanel(uint256 disputeId, DisputeRecord storage d, uint8 round, uint256 cost) private {
        bool executed = d.phase == Phase.Executed;
        (address[] memory panel, bool[] memory earns, uint256 earning) = _panelOf(disputeId, d, round, executed);
        (uint256 gain, uint256 leftoverStake) = jury.release(panel, earns, executed, address(insurance));
        uint256 fee = earning == 0 ? 0 : cost / earning;
        uint256 leftoverFee = cost - fee * earning;
        emit RoundSettled(disputeId, round, fee, gain, leftoverFee, leftoverStake);
        address currency = _currency(d.currency);
        for (uint256 i = 0; i < panel.length; ++i) {
            if (earns[i]) _payJuror(disputeId, round, uint8(i), panel[i], currency, fee);
        }
        if (leftoverFee != 0) orderBook.transfer(currency, address(insurance), leftoverFee);
    }

    function _payJuror(uint256 disputeId, uint8 round, uint8 seat, address juror, address currency, uint256 fee) private {
        emit JurorPaid(disputeId, round, seat, juror, fee);
        if (fee != 0) orderBook.transfer(currency, juror, fee);
    }

    /// @dev Who sat on a round's panel, and who of it earns.
    function _panelOf(uint256 disputeId, DisputeRecord storage d, uint8 round, bool executed)
        private
        view
        returns (address[] memory panel, bool[] memory earns, uint256 earning)
    {
        Choice ruling = _rulingOf(disputeId, d);
        Seat[] memory seats = _seats[disputeId][round];
        (panel, earns) = (new address[](seats.length), new bool[](seats.length));
        for (uint256 i = 0; i < seats.length; ++i) {
            panel[i] = seats[i].juror;
            earns[i] = executed ? _isCoherent(seats[i].choice, ruling) : seats[i].commitment != 0;
            if (earns[i]) ++earning;
        }
    }

    /// @dev After a tie everybody who voted was right.
    function _isCoherent(Choice choice, Choice ruling) private pure returns (bool) {
        return choice != Choice.None && (ruling == Choice.None || choice == ruling);
    }

    /// @dev What a round's panel is paid. A panel of which nobody voted has earned nothing.
    function _costOf(uint256 disputeId, DisputeRecord storage d, uint8 round) private view returns (uint256) {
        Round memory r = _rounds[disputeId][round];
        uint256 paid = d.phase == Phase.Closed ? r.commits : r.reveals == 0 ? 0 : r.seats;
        return paid * d.feePerJuror.unpack();
    }

    /// @dev Who won an order that left without a ruling; see {IArbitration}.
    function _outcomeOf(uint256 disputeId, DisputeRecord storage d) private view returns (Choice) {
        uint32 drawn = _rounds[disputeId][0].step;
        // Nobody was called, nothing is to be paid.
        if (drawn == 0) return Choice.None;
        (State state,, uint32 step) = orderBook.stateOf(_orderIdOf(disputeId, d));
        // A sale under warranty goes on, and what it comes to later is another matter.
        if (step != drawn + 1) return Choice.Seller;
        if (state == State.Refunded) return Choice.Buyer;
        return state == State.Settled || state == State.Ruled ? Choice.Even : Choice.Seller;
    }

    function _requireOrderBook() private view {
        require(msg.sender == address(orderBook), Court_NotOrderBook(msg.sender));
    }
}
