// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OfferTerms} from "../shop/ICatalog.sol";
import {IVault} from "./IVault.sol";

/// @notice Everything two people agree on. Its EIP-712 digest (which binds chain and contract) is the order's id and what a buyer signs.
struct Order {
    uint256 offerId;
    /// The version of the listing that the buyer saw; a newer one on sale refuses the order.
    uint32 version;
    OfferTerms terms;
    address buyer;
    uint64 quantity;
    /// Who referred the buyer; zero leaves the affiliate share with the seller.
    address affiliate;
    /// The protocol fee in force when the order is placed; never above the hard cap.
    uint16 feeBps;
    /// H(256-bit salt ‖ delivery details); zero when there are none.
    bytes32 detailsHash;
    /// Unix seconds after which the intent can no longer be placed.
    uint64 validBefore;
    bytes32 salt;
}

/// @notice `None` is an id never placed. `Completed`, `Refunded` and `Ruled` are final.
enum State {
    None,
    Placed,
    Shipped,
    Disputed,
    Completed,
    Refunded,
    Ruled
}

/// @notice What a party asks for in a signed action.
enum Action {
    Ship,
    Confirm,
    Cancel,
    Refund,
    Dispute
}

/// @notice An action signed by its actor. EIP-712: `OrderAction(bytes32 orderId,uint8 action,bytes32 data,uint64 validBefore)`.
struct SignedAction {
    Order order;
    Action action;
    address actor;
    /// Ship: hash of the tracking note. Dispute: hash of the reason. Otherwise zero.
    bytes32 data;
    uint64 validBefore;
    bytes signature;
}

/// @title Orders: one slot each, the terms come back as calldata, money moves by the terms alone.
/// @notice Lifecycle: see `protocol/vectors/order-lifecycle.json`, which both languages test against.
interface IOrderBook is IVault {
    /// @notice With the listing's published version this rebuilds the whole `Order`.
    event OrderPlaced(
        bytes32 indexed orderId,
        uint256 indexed offerId,
        address indexed buyer,
        uint32 version,
        uint64 quantity,
        address affiliate,
        uint16 feeBps,
        uint256 total,
        uint40 deadline,
        bytes32 detailsHash,
        uint64 validBefore,
        bytes32 salt
    );
    event OrderShipped(bytes32 indexed orderId, address indexed by, uint40 deadline, bytes32 data);
    /// @param by Who caused it; for a passed deadline, whoever called.
    event OrderCompleted(bytes32 indexed orderId, address indexed by, uint256 sellerAmount);
    /// @param cause The action that ended it: 0 late (deadline passed), 1 cancelled by the buyer, 2 refunded by the seller.
    event OrderRefunded(bytes32 indexed orderId, address indexed by, uint8 cause, uint256 amount);
    event OrderDisputed(bytes32 indexed orderId, address indexed by, uint40 deadline, bytes32 data);
    /// @param by The arbitrator, or whoever called after the ruling deadline passed (even split).
    event OrderRuled(bytes32 indexed orderId, address indexed by, uint256 buyerAmount, uint256 sellerAmount);
    /// @notice A share paid besides the seller's: split, affiliate or protocol fee.
    event SharePaid(bytes32 indexed orderId, address indexed account, uint256 amount);

    error OrderBook_Expired(uint64 validBefore);
    error OrderBook_AlreadyPlaced(bytes32 orderId);
    error OrderBook_WrongState(bytes32 orderId, State state);
    error OrderBook_NotBuyer(bytes32 orderId, address caller);
    error OrderBook_NotSeller(bytes32 orderId, address caller);
    error OrderBook_NotArbitrator(bytes32 orderId, address caller);
    error OrderBook_TooEarly(bytes32 orderId, uint256 deadline);
    error OrderBook_TooLate(bytes32 orderId, uint256 deadline);
    /// @notice Thrown for a quantity of zero, and when orders and signatures differ in number.
    error OrderBook_InvalidQuantity(uint256 quantity);
    error OrderBook_InvalidAffiliate(address affiliate);
    /// @notice Thrown when the order names another fee than the one in force.
    error OrderBook_WrongFee(uint256 given, uint256 inForce);
    error OrderBook_CurrencyNotAllowed(address currency);
    error OrderBook_ArbitratorNotAllowed(address arbitrator);
    error OrderBook_InvalidSignature(address signer);
    error OrderBook_InvalidShare(uint256 bps);

    /// @notice Places the caller's own order. Pays from the caller's balance first; a shortfall comes from `msg.value` (native) or the caller's allowance.
    function placeOrder(Order calldata order) external payable returns (bytes32 orderId);

    /// @notice Places orders that their buyers signed (EOA or ERC-1271). A shortfall comes from the buyer's allowance. All or nothing.
    function placeOrders(Order[] calldata orders, bytes[] calldata signatures) external;

    /// @notice Places an order with one ERC-3009 authorization: the buyer signs `ReceiveWithAuthorization` of exactly the total with the order id as nonce, which is consent to every term.
    function placeOrderWithAuthorization(Order calldata order, uint256 validAfter, uint256 validBefore, bytes calldata signature)
        external
        returns (bytes32 orderId);

    /// @notice Orders role of the shop, before the ship-by deadline. Starts the confirm-by clock.
    function ship(Order calldata order, bytes32 data) external;
    /// @notice Buyer; pays the seller and all shares now. Also before shipment (hand-over in person) and out of a dispute.
    function confirm(Order calldata order) external;
    /// @notice Buyer, within `cancelSeconds` of placing and before shipment; refunds everything.
    function cancel(Order calldata order) external;
    /// @notice Orders role of the shop, while placed, shipped or disputed; refunds everything.
    function refund(Order calldata order) external;
    /// @notice Buyer, while shipped and before the confirm-by deadline. The arbitrator then has 14 days.
    function dispute(Order calldata order, bytes32 data) external;
    /// @notice The agreed arbitrator gives `buyerBps` of the total to the buyer; the rest settles by the terms.
    function rule(Order calldata order, uint16 buyerBps) external;
    /// @notice Anyone, after the deadline: placed → refunded, shipped → completed, disputed → even split.
    function settleDue(Order calldata order) external;

    /// @notice Carries out signed actions of parties (EOA or ERC-1271), submitted by anyone. All or nothing.
    function act(SignedAction[] calldata actions) external;

    function orderIdOf(Order calldata order) external view returns (bytes32);
    function stateOf(bytes32 orderId) external view returns (State state, uint40 deadline);
    /// @notice Subtotal plus shipping, in base units of the order's currency.
    function totalOf(Order calldata order) external pure returns (uint256);
}
