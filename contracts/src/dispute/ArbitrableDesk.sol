// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Case, IArbitration, Side} from "../order/IArbitration.sol";
import {IOrderBook, Order, State} from "../order/IOrderBook.sol";
import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {IShop} from "../shop/IShop.sol";
import {Roles} from "../shop/Roles.sol";
import {IArbitrableDesk} from "./IArbitrableDesk.sol";
import {IArbitrable, IArbitrator} from "./IErc792.sol";

/// @title ArbitrableDesk: see {IArbitrableDesk}.
/// @dev The arbitrator is a stranger: it is called once per case, outside the order book, after all that the desk remembers
/// has been settled; that its costs are read inside the order book gives it no way in, a view cannot write.
contract ArbitrableDesk is IArbitrableDesk {
    enum Stage {
        None,
        Opened,
        Joined,
        Submitted,
        Ruled
    }

    struct Matter {
        address buyer;
        uint48 shopId;
        Side opener;
        Stage stage;
        uint8 ruling;
        uint128 buyerFee;
        uint128 sellerFee;
        /// What the arbitrator took.
        uint128 cost;
        uint256 disputeId;
    }

    address private constant NATIVE = address(0);
    uint8 private constant FOR_BUYER = 1;
    uint8 private constant FOR_SELLER = 2;
    uint256 private constant CHOICES = 3;
    uint256 private constant META_EVIDENCE = 0;
    uint256 private constant MAX_TEXT = 2048;
    uint16 private constant BPS = 10_000;

    IOrderBook public immutable orderBook;
    IShop public immutable shop;
    IArbitrator public immutable arbitrator;

    bytes public extraData;
    mapping(bytes32 orderId => Matter) private _matters;
    mapping(uint256 disputeId => bytes32 orderId) private _orderOf;
    mapping(address account => uint256) private _prepaid;

    constructor(
        IOrderBook orderBook_,
        IShop shop_,
        IArbitrator arbitrator_,
        bytes memory extraData_,
        string memory question
    ) {
        (orderBook, shop, arbitrator, extraData) = (orderBook_, shop_, arbitrator_, extraData_);
        emit MetaEvidence(META_EVIDENCE, question);
    }

    /// @dev Only what the vault pays out on the way to the arbitrator.
    receive() external payable {
        _requireOrderBook();
    }

    /// @inheritdoc IPaymentReceiver
    function onPaid(address from, address token, uint256 amount, bytes calldata data) external returns (bytes4) {
        _requireOrderBook();
        require(token == NATIVE, Desk_InvalidPayment(token, amount));
        address account = data.length == 0 ? from : abi.decode(data, (address));
        _prepaid[account] += amount;
        emit Prepaid(account, from, amount);
        return IPaymentReceiver.onPaid.selector;
    }

    /// @inheritdoc IArbitrableDesk
    function takeBack(address account, uint256 amount) external {
        bool may = msg.sender == account || shop.can(uint160(account), msg.sender, Roles.MONEY);
        require(may, Desk_Unauthorized(account, msg.sender));
        uint256 prepaid = _prepaid[account];
        require(amount <= prepaid, Desk_Unpaid(account, prepaid, amount));
        _prepaid[account] = prepaid - amount;
        emit TakenBack(account, amount);
        orderBook.transfer(NATIVE, account, amount);
    }

    /// @inheritdoc IArbitration
    /// @dev A case that an earlier dispute left behind ends here: the order came back from its warranty, so the sale had stood.
    function onContested(Case calldata dispute, Side side, address payer) external returns (uint256 fee) {
        _requireOrderBook();
        _finish(dispute.orderId, FOR_SELLER);
        Matter storage m = _matters[dispute.orderId];
        // Shops are counted from one.
        (m.buyer, m.shopId, m.opener, m.stage) = (dispute.buyer, uint48(dispute.shopId), side, Stage.Opened);
        emit CaseOpened(dispute.orderId, payer, _pay(m, side, payer));
        // Nothing in the order's currency.
        return 0;
    }

    /// @inheritdoc IArbitration
    function onJoined(bytes32 orderId, Side side, address payer) external returns (uint256 fee) {
        _requireOrderBook();
        Matter storage m = _matters[orderId];
        m.stage = Stage.Joined;
        emit CaseJoined(orderId, payer, _pay(m, side, payer));
        return 0;
    }

    /// @inheritdoc IArbitrableDesk
    function submit(bytes32 orderId) external {
        Matter storage m = _matters[orderId];
        require(m.stage == Stage.Joined && _isDisputed(orderId), Desk_WrongStage(orderId));
        uint256 cost = arbitrator.arbitrationCost(extraData);
        uint256 paid = uint256(m.buyerFee) + m.sellerFee;
        require(cost <= paid, Desk_Unpaid(address(this), paid, cost));
        (m.stage, m.cost) = (Stage.Submitted, uint128(cost));
        orderBook.withdraw(NATIVE, cost, address(this));
        uint256 disputeId = arbitrator.createDispute{value: cost}(CHOICES, extraData);
        (_orderOf[disputeId], m.disputeId) = (orderId, disputeId);
        emit CaseSubmitted(orderId, disputeId, cost);
        emit Dispute(address(arbitrator), disputeId, META_EVIDENCE, uint256(orderId));
    }

    /// @inheritdoc IArbitrableDesk
    function submitEvidence(bytes32 orderId, string calldata evidence) external {
        Matter storage m = _matters[orderId];
        require(m.stage != Stage.None && m.stage != Stage.Ruled, Desk_WrongStage(orderId));
        bool party = msg.sender == m.buyer || shop.can(m.shopId, msg.sender, Roles.ORDERS);
        require(party, Desk_NotParty(orderId, msg.sender));
        uint256 length = bytes(evidence).length;
        require(length != 0 && length <= MAX_TEXT, Desk_InvalidText(length));
        emit Evidence(address(arbitrator), uint256(orderId), msg.sender, evidence);
    }

    /// @inheritdoc IArbitrable
    function rule(uint256 disputeId, uint256 ruling) external {
        require(msg.sender == address(arbitrator), Desk_NotArbitrator(msg.sender));
        bytes32 orderId = _orderOf[disputeId];
        Matter storage m = _matters[orderId];
        bool awaited = m.stage == Stage.Submitted && m.disputeId == disputeId;
        require(awaited && ruling <= CHOICES, Desk_WrongStage(orderId));
        (m.stage, m.ruling) = (Stage.Ruled, uint8(ruling));
        emit Ruling(msg.sender, disputeId, ruling);
    }

    /// @inheritdoc IArbitrableDesk
    function execute(Order calldata order) external {
        bytes32 orderId = orderBook.orderIdOf(order);
        Matter storage m = _matters[orderId];
        require(m.stage == Stage.Ruled, Desk_WrongStage(orderId));
        uint8 ruling = m.ruling;
        _finish(orderId, ruling);
        orderBook.rule(order, ruling == FOR_BUYER ? BPS : ruling == FOR_SELLER ? 0 : BPS / 2);
    }

    /// @inheritdoc IArbitrableDesk
    function close(bytes32 orderId) external {
        require(_matters[orderId].stage != Stage.None, Desk_WrongStage(orderId));
        (State state,,) = orderBook.stateOf(orderId);
        require(state != State.Contested && state != State.Disputed, Desk_StillOpen(orderId));
        if (state == State.Refunded) _finish(orderId, FOR_BUYER);
        else if (state == State.Ruled || state == State.Settled) _finish(orderId, 0);
        else _finish(orderId, FOR_SELLER);
    }

    /// @inheritdoc IArbitrableDesk
    function prepaidOf(address account) external view returns (uint256) {
        return _prepaid[account];
    }

    /// @dev Takes what the arbitrator asks for now out of what a side paid in advance.
    function _pay(Matter storage m, Side side, address payer) private returns (uint256 cost) {
        cost = arbitrator.arbitrationCost(extraData);
        uint256 prepaid = _prepaid[payer];
        require(cost <= prepaid && cost <= type(uint128).max, Desk_Unpaid(payer, prepaid, cost));
        _prepaid[payer] = prepaid - cost;
        if (side == Side.Buyer) m.buyerFee = uint128(cost);
        else m.sellerFee = uint128(cost);
    }

    /// @dev Forgets the case and gives back what the arbitrator did not take: its cost is the loser's, a draw is shared.
    function _finish(bytes32 orderId, uint8 ruling) private {
        Matter memory m = _matters[orderId];
        if (m.stage == Stage.None) return;
        delete _matters[orderId];
        uint256 buyerCost = ruling == FOR_BUYER ? 0 : ruling == FOR_SELLER ? m.cost : m.cost / 2;
        // What a side brought may fall short when the cost rose in between; then the other's covers the rest.
        if (buyerCost > m.buyerFee) buyerCost = m.buyerFee;
        if (m.cost - buyerCost > m.sellerFee) buyerCost = m.cost - m.sellerFee;
        uint256 toBuyer = m.buyerFee - buyerCost;
        uint256 toSeller = m.sellerFee - (m.cost - buyerCost);
        _prepaid[m.buyer] += toBuyer;
        _prepaid[address(uint160(m.shopId))] += toSeller;
        emit CaseClosed(orderId, toBuyer, toSeller);
    }

    function _isDisputed(bytes32 orderId) private view returns (bool) {
        (State state,,) = orderBook.stateOf(orderId);
        return state == State.Disputed;
    }

    function _requireOrderBook() private view {
        require(msg.sender == address(orderBook), Desk_NotOrderBook(msg.sender));
    }
}
