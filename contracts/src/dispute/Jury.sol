// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IOrderBook} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IShop} from "../shop/IShop.sol";
import {Roles} from "../shop/Roles.sol";
import {ICourt} from "./ICourt.sol";
import {IJury, JurorView} from "./IJury.sol";
import {SumTree} from "./SumTree.sol";

/// @title Jury: see {IJury}.
/// @dev Once the seed of a panel is out, whoever could move a stake could choose the panel. So stakes stand still from
/// the first pinned block that is past until every panel that waits has been drawn, and the court draws panels in the order
/// in which they were asked for. Anyone may draw, so anyone may end the wait.
contract Jury is IJury, ERC2771Context {
    using SafeCast for uint256;
    using SumTree for SumTree.Tree;
    using SumTree for SumTree.Excluded;

    struct Juror {
        uint96 stake;
        uint96 locked;
        /// Position in the tree; zero before the first stake.
        uint32 position;
        /// Missed a vote and has not come back since.
        bool absent;
    }

    uint256 private constant BPS = 10_000;

    IOrderBook public immutable orderBook;
    IShop public immutable shop;
    ICourt public immutable court;
    /// @inheritdoc IJury
    address public immutable stakeToken;
    /// @inheritdoc IJury
    uint256 public immutable seatStake;
    /// @inheritdoc IJury
    uint256 public immutable penalty;

    mapping(address juror => Juror) private _jurors;
    mapping(uint256 position => address juror) private _jurorAt;
    SumTree.Tree private _tree;

    constructor(
        IOrderBook orderBook_,
        IShop shop_,
        ICourt court_,
        address forwarder,
        address stakeToken_,
        uint96 seatStake_,
        uint16 penaltyBps
    ) ERC2771Context(forwarder) {
        require(penaltyBps <= BPS, Jury_InvalidPenalty(penaltyBps));
        (orderBook, shop, court) = (orderBook_, shop_, court_);
        (stakeToken, seatStake, penalty) = (stakeToken_, seatStake_, uint256(seatStake_) * penaltyBps / BPS);
    }

    /// @inheritdoc IPaymentReceiver
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        require(msg.sender == address(orderBook), Jury_NotOrderBook(msg.sender));
        require(token == stakeToken && amount != 0 && data.length == 0, Jury_InvalidPayment(token, amount));
        _requireStill();
        Juror memory j = _jurors[from];
        uint256 before = _weightOf(j);
        if (j.position == 0) {
            j.position = _tree.append().toUint32();
            _jurorAt[j.position] = from;
        }
        j.stake = (j.stake + amount).toUint96();
        _store(from, j, before);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc IJury
    function unstake(uint256 amount) external {
        _requireStill();
        address juror = _msgSender();
        Juror memory j = _jurors[juror];
        uint256 free = j.stake - j.locked;
        require(amount <= free, Jury_InsufficientStake(juror, free, amount));
        uint256 before = _weightOf(j);
        j.stake -= uint96(amount);
        _store(juror, j, before);
        orderBook.transfer(stakeToken, juror, amount);
    }

    /// @inheritdoc IJury
    function resume() external {
        _requireStill();
        _setAbsent(_msgSender(), false);
    }

    /// @inheritdoc IJury
    function drawPanel(uint256 shopId, address buyer, bytes32 seed, uint256 wanted, uint256 least)
        external
        returns (address[] memory panel, uint256 available)
    {
        _requireCourt();
        (panel, available) = _choose(shopId, buyer, seed, wanted);
        if (available < least) return (new address[](0), available);
        assembly ("memory-safe") {
            // Shorter than it was made when there are fewer jurors than wanted.
            mstore(panel, available)
        }
        for (uint256 i = 0; i < available; ++i) {
            Juror memory j = _jurors[panel[i]];
            uint256 before = _weightOf(j);
            // Whoever has a weight has a seat's stake free.
            j.locked += uint96(seatStake);
            _store(panel[i], j, before);
        }
    }

    /// @inheritdoc IJury
    function release(address[] calldata panel, bool[] calldata earns, bool fine, address rest)
        external
        returns (uint256 gain, uint256 leftover)
    {
        _requireCourt();
        _requireStill();
        uint256 earning = 0;
        for (uint256 i = 0; i < panel.length; ++i) {
            if (earns[i]) ++earning;
        }
        uint256 lost = fine ? penalty : 0;
        leftover = lost * (panel.length - earning);
        if (earning != 0) {
            gain = leftover / earning;
            leftover -= gain * earning;
        }
        for (uint256 i = 0; i < panel.length; ++i) {
            Juror memory j = _jurors[panel[i]];
            uint256 before = _weightOf(j);
            // Never below zero: at most what the seat had locked is lost.
            j.locked -= uint96(seatStake);
            j.stake = (earns[i] ? j.stake + gain : j.stake - lost).toUint96();
            _store(panel[i], j, before);
        }
        if (leftover != 0) orderBook.transfer(stakeToken, rest, leftover);
    }

    /// @inheritdoc IJury
    function dismiss(address juror) external {
        _requireCourt();
        _requireStill();
        _setAbsent(juror, true);
    }

    /// @inheritdoc IJury
    function jurorOf(address juror) external view returns (JurorView memory) {
        Juror memory j = _jurors[juror];
        return JurorView(j.stake, j.locked, j.position != 0 && !j.absent, _weightOf(j));
    }

    /// @inheritdoc IJury
    function totalWeight() external view returns (uint256) {
        return _tree.total;
    }

    function _setAbsent(address juror, bool absent) private {
        Juror memory j = _jurors[juror];
        require(j.position != 0, Jury_InsufficientStake(juror, 0, seatStake));
        uint256 before = _weightOf(j);
        j.absent = absent;
        _store(juror, j, before);
    }

    function _store(address juror, Juror memory j, uint256 before) private {
        _tree.update(j.position, before, _weightOf(j));
        _jurors[juror] = j;
        emit StakeChanged(juror, j.stake, j.locked, !j.absent);
    }

    /// @dev Draws without replacement: who has been drawn or passed over is left out of what remains. A shop's staff is not
    /// passed over: a role is given without asking, also when the seed is out, so a shop could hire jurors it does not like.
    function _choose(uint256 shopId, address buyer, bytes32 seed, uint256 wanted)
        private
        view
        returns (address[] memory panel, uint256 count)
    {
        panel = new address[](wanted);
        // The panel itself, the shop's owner, and the buyer.
        SumTree.Excluded memory excluded = SumTree.exclusions(wanted + 2);
        uint256 left = _tree.total - _exclude(excluded, buyer);
        for (uint256 i = 0; count < wanted && left != 0; ++i) {
            address juror = _jurorAt[_tree.find(uint256(keccak256(abi.encode(seed, i))) % left, excluded)];
            left -= _exclude(excluded, juror);
            if (!shop.can(shopId, juror, Roles.OWNER)) panel[count++] = juror;
        }
    }

    function _exclude(SumTree.Excluded memory excluded, address juror) private view returns (uint256 weight) {
        Juror memory j = _jurors[juror];
        weight = _weightOf(j);
        if (weight != 0) excluded.exclude(j.position, weight);
    }

    function _weightOf(Juror memory j) private view returns (uint256) {
        uint256 free = j.stake - j.locked;
        return j.absent || free < seatStake ? 0 : free;
    }

    function _requireStill() private view {
        require(!court.drawPending(), Jury_DrawPending());
    }

    function _requireCourt() private view {
        require(msg.sender == address(court), Jury_NotCourt(msg.sender));
    }
}
