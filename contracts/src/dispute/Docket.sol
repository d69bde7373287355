// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {Side} from "../order/IArbitration.sol";
import {IOrderBook} from "../order/IOrderBook.sol";
import {Fees} from "./Fees.sol";
import {Choice, DisputeView, ICourt, Phase, Round, Timing} from "./ICourt.sol";
import {IJury} from "./IJury.sol";
import {Tariffs} from "./Tariffs.sol";

/// @title Docket: what the court remembers of each dispute, and how anyone reads it. See {ICourt}.
abstract contract Docket is Tariffs, ERC2771Context {
    using Fees for uint32;

    /// @dev The parties pay for the first word only.
    struct DisputeRecord {
        address buyer;
        /// What one seat earns, see {Fees}.
        uint32 feePerJuror;
        uint16 currency;
        uint32 shopId;
        Phase phase;
        /// The bits below, and the tier above them.
        uint8 flags;
        // second word
        uint40 deadline;
        uint40 pinnedBlock;
        uint40 ticket;
        uint8 round;
        /// How many disputes about the same order came before.
        uint8 earlier;
    }

    struct Seat {
        address juror;
        Choice choice;
        bytes32 commitment;
    }

    /// @dev Contributions to the appeal that starts a round.
    struct Pot {
        uint128[2] raised;
        /// Set when the round is settled: what is left to share, and among which contributions.
        uint128 rest;
        uint128 shares;
        mapping(Side side => mapping(address contributor => uint256)) given;
    }

    uint8 internal constant LAST_ROUND = 2;
    uint8 internal constant BY_SELLER = 1;
    uint8 internal constant JOINED = 2;
    uint8 internal constant INSURED = 4;
    /// Another dispute about the same order has come after this one.
    uint8 internal constant RENEWED = 8;
    uint8 internal constant TIER_SHIFT = 4;

    IOrderBook public immutable orderBook;
    /// @inheritdoc ICourt
    IJury public immutable jury;

    mapping(uint256 disputeId => DisputeRecord) internal _disputes;
    mapping(uint256 disputeId => mapping(uint256 round => Round)) internal _rounds;
    mapping(uint256 disputeId => mapping(uint256 round => Seat[])) internal _seats;
    mapping(uint256 disputeId => mapping(uint256 round => Pot)) internal _pots;

    constructor(IOrderBook orderBook_, IJury jury_) {
        (orderBook, jury) = (orderBook_, jury_);
    }

    /// @inheritdoc ICourt
    function disputeOf(bytes32 orderId) public view returns (uint256 disputeId) {
        disputeId = uint256(orderId);
        if (_disputes[disputeId].phase == Phase.None) return 0;
        while (_has(_disputes[disputeId], RENEWED)) ++disputeId;
    }

    /// @inheritdoc ICourt
    function getDispute(uint256 disputeId) external view returns (DisputeView memory result) {
        DisputeRecord storage d = _disputes[disputeId];
        if (d.phase == Phase.None) return result;
        result.orderId = _orderIdOf(disputeId, d);
        (result.buyer, result.shopId, result.currency) = (d.buyer, d.shopId, _currency(d.currency));
        (result.feePerJuror, result.phase, result.opener) = (d.feePerJuror.unpack(), d.phase, _openerOf(d));
        (result.buyerPaid, result.sellerPaid) = (_hasPaid(d, Side.Buyer), _hasPaid(d, Side.Seller));
        result.insured = _has(d, INSURED);
        (result.tier, result.round) = (d.flags >> TIER_SHIFT, d.round);
        (result.deadline, result.pinnedBlock, result.ticket) = (d.deadline, d.pinnedBlock, d.ticket);
        result.ruling = _rulingOf(disputeId, d);
    }

    /// @inheritdoc ICourt
    function getRound(uint256 disputeId, uint8 round) external view returns (Round memory) {
        return _rounds[disputeId][round];
    }

    /// @inheritdoc ICourt
    function seatOf(uint256 disputeId, uint8 round, uint8 seat)
        external
        view
        returns (address juror, bytes32 commitment, Choice choice)
    {
        Seat[] storage seats = _seats[disputeId][round];
        if (seat >= seats.length) return (address(0), 0, Choice.None);
        Seat memory s = seats[seat];
        return (s.juror, s.commitment, s.choice);
    }

    /// @notice The fee of the first panel, for `extraData = abi.encode(address currency, uint256 atStake)`, in that currency.
    function arbitrationCost(bytes calldata extraData) external view returns (uint256 cost) {
        (address currency, uint256 atStake) = abi.decode(extraData, (address, uint256));
        (cost,,) = feeOf(currency, atStake);
    }

    /// @notice What the next panel costs, in the order's currency; the losing side brings half of it more.
    function appealCost(uint256 disputeId, bytes calldata) external view returns (uint256 cost) {
        DisputeRecord storage d = _disputes[disputeId];
        return d.round < LAST_ROUND ? _panelCost(d, d.round + 1) : type(uint256).max;
    }

    /// @notice When an appeal can be contributed to. The losing side has the first half of it.
    function appealPeriod(uint256 disputeId) external view returns (uint256 start, uint256 end) {
        DisputeRecord storage d = _disputes[disputeId];
        if (d.phase == Phase.Appeal) return (d.deadline - _timingOf(d).appealSeconds, d.deadline);
    }

    function disputeStatus(uint256 disputeId) external view returns (DisputeStatus status) {
        Phase phase = _disputes[disputeId].phase;
        if (phase == Phase.Appeal) return DisputeStatus.Appealable;
        return phase >= Phase.Decided ? DisputeStatus.Solved : DisputeStatus.Waiting;
    }

    function currentRuling(uint256 disputeId) external view returns (uint256 ruling) {
        return uint256(_rulingOf(disputeId, _disputes[disputeId]));
    }

    /// @dev The ruling of the last round that has one.
    function _rulingOf(uint256 disputeId, DisputeRecord storage d) internal view returns (Choice) {
        bool ruled = d.phase == Phase.Appeal || d.phase >= Phase.Decided;
        // Before a round ends the one before it stands.
        if (!ruled && d.round != 0) return _rounds[disputeId][d.round - 1].ruling;
        return _rounds[disputeId][d.round].ruling;
    }

    function _requirePhase(uint256 disputeId, Phase phase, Phase required) internal pure {
        require(phase == required, Court_WrongPhase(disputeId, phase));
    }

    function _panelSize(uint256 round) internal pure returns (uint256) {
        return round == 0 ? FIRST_PANEL : round == 1 ? 7 : 15;
    }

    function _panelCost(DisputeRecord storage d, uint256 round) internal view returns (uint256) {
        return _panelSize(round) * d.feePerJuror.unpack();
    }

    function _orderIdOf(uint256 disputeId, DisputeRecord storage d) internal view returns (bytes32) {
        return bytes32(disputeId - d.earlier);
    }

    function _accountOf(DisputeRecord storage d, Side side) internal view returns (address) {
        return side == Side.Buyer ? d.buyer : address(uint160(d.shopId));
    }

    function _has(DisputeRecord storage d, uint8 flag) internal view returns (bool) {
        return d.flags & flag != 0;
    }

    function _openerOf(DisputeRecord storage d) internal view returns (Side) {
        return _has(d, BY_SELLER) ? Side.Seller : Side.Buyer;
    }

    /// @dev Whether a side's own fee is in the court's hands; an insured buyer's is not.
    function _hasPaid(DisputeRecord storage d, Side side) internal view returns (bool) {
        if (side == Side.Buyer && _has(d, INSURED)) return false;
        return _has(d, JOINED) || _openerOf(d) == side;
    }

    function _timingOf(DisputeRecord storage d) internal view returns (Timing memory) {
        return _timing(d.flags >> TIER_SHIFT);
    }

    function _endOf(uint256 secondsFromNow) internal view returns (uint40) {
        return uint40(block.timestamp + secondsFromNow);
    }

    function _msgSender() internal view override(Context, ERC2771Context) returns (address) {
        return ERC2771Context._msgSender();
    }

    function _msgData() internal view override(Context, ERC2771Context) returns (bytes calldata) {
        return ERC2771Context._msgData();
    }

    function _contextSuffixLength() internal view override(Context, ERC2771Context) returns (uint256) {
        return ERC2771Context._contextSuffixLength();
    }
}
