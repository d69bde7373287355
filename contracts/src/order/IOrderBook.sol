// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OfferTerms} from "../shop/ICatalog.sol";
import {ITabs, TabOpening} from "../tab/ITabs.sol";
import {Side} from "./IArbitration.sol";
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

/// @notice `None` is an id never placed. `Completed`, `Refunded`, `Ruled` and `Settled` are final; every other state has a deadline and a default.
enum State {
    None,
    Placed,
    Shipped,
    Disputed,
    Completed,
    Refunded,
    Ruled,
    Delivered,
    Requested,
    Returning,
    Returned,
    Replacing,
    Contested,
    Warranty,
    Settled
}

/// @notice What a buyer may ask for after shipment: money back for kept goods, return for money, another piece.
enum Remedy {
    Refund,
    Return,
    Exchange
}

/// @notice The steps of the two sides.
enum Action {
    /// Orders role of the shop, before the deadline; also the other piece of an exchange. Starts the confirm-by clock.
    Ship,
    /// Buyer; pays the seller and all shares now (but for the warranty reserve). Also before shipment (hand-over in person), and as a concession in any open state.
    Confirm,
    /// Buyer, within `cancelSeconds` of placing (or of the ship date) and before shipment; refunds everything.
    Cancel,
    /// Orders role of the shop, in any open state; gives all that the escrow holds to the buyer.
    Refund,
    /// Buyer while shipped or delivered; orders role of the shop against a request or a return. A court takes its fee and the other side has three days to join; a person rules within 30 days.
    Dispute,
    /// Buyer: the goods are here. Starts the return window; for digital goods ends it, and hands out the key.
    Acknowledge,
    /// Buyer, while shipped, delivered or under warranty. What the terms grant by rule takes effect at once; the rest is the seller's to answer.
    RequestRefund,
    RequestReturn,
    RequestExchange,
    /// Orders role of the shop: grants what the buyer requested.
    Grant,
    /// Buyer: the goods are on their way back.
    SendBack,
    /// Orders role of the shop: the goods came back. Refunds, or starts the clock for the replacement.
    AcceptReturn,
    /// The other side answers a dispute before a court, and brings its fee.
    Join
}

/// @notice An action signed by its actor. EIP-712: `OrderAction(bytes32 orderId,uint8 action,uint16 bps,bytes32 data,uint32 step,uint64 validBefore)`.
struct SignedAction {
    Order order;
    Action action;
    /// RequestRefund: the asked part of what the escrow holds. Otherwise zero.
    uint16 bps;
    address actor;
    /// Hash of the note that belongs to the step: tracking, reason, parcel sent back. Otherwise zero.
    bytes32 data;
    /// The order's step at which the action is good; see {IOrderBook.stateOf}.
    uint32 step;
    uint64 validBefore;
    bytes signature;
}

/// @notice One side's signed offer to end the order by a split. EIP-712: `SettlementOffer(bytes32 orderId,uint16 buyerBps,uint32 step,uint64 validBefore)`.
struct SettlementOffer {
    address by;
    /// The buyer's part of what the escrow holds.
    uint16 buyerBps;
    uint32 step;
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
    /// @notice The order waits in another state until `deadline`; every step that does not end it says so here.
    /// @param by Who caused it; for a passed deadline, whoever called.
    /// @param remedy What the buyer asked for. Of meaning while requested, returning, returned or replacing.
    /// @param bps The asked part of what the escrow holds.
    /// @param byRight The terms grant the remedy without anyone's consent.
    /// @param opener Who brought the order before the court; in `Contested` and `Disputed`.
    /// @param data Hash of the note that belongs to the step.
    event OrderAdvanced(
        bytes32 indexed orderId,
        address indexed by,
        State state,
        uint40 deadline,
        Remedy remedy,
        uint16 bps,
        bool byRight,
        Side opener,
        bytes32 data
    );
    /// @notice The buyer asked for a remedy that the terms grant by themselves; what comes of it follows at once.
    event OrderRemedyTaken(bytes32 indexed orderId, address indexed by, Remedy remedy, uint16 bps, bytes32 data);
    /// @notice Sold and paid, but for `reserve`, which stays in escrow until the warranty ends.
    event OrderWarranted(bytes32 indexed orderId, address indexed by, uint256 sellerAmount, uint256 reserve);
    /// @param by Who caused it; for a passed deadline, whoever called.
    event OrderCompleted(bytes32 indexed orderId, address indexed by, uint256 sellerAmount);
    /// @param cause Why: 0 deadline passed, 1 cancelled by the buyer, 2 given by the seller, 3 remedy granted, 4 goods came back, 5 the seller did not answer the dispute.
    /// @param amount The buyer's.
    /// @param kept The seller's: restocking fee and return parcel, as agreed.
    event OrderRefunded(bytes32 indexed orderId, address indexed by, uint8 cause, uint256 amount, uint256 kept);
    /// @notice Ended by a split both sides agreed to.
    event OrderSettled(bytes32 indexed orderId, address indexed by, uint16 buyerBps, uint256 buyerAmount, uint256 sellerAmount);
    event ArbitrationFeePaid(bytes32 indexed orderId, address indexed payer, Side side, uint256 amount);
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
    error OrderBook_NotAuctions(address caller);
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
    /// @notice Thrown when the agreed terms do not hold what is asked for.
    error OrderBook_NotAgreed(bytes32 orderId);
    /// @notice Thrown when something signed was signed for another step of the order.
    error OrderBook_WrongStep(bytes32 orderId, uint32 step);

    /// @notice Places the caller's own order. Pays from the caller's balance first; a shortfall comes from `msg.value` (native) or the caller's allowance.
    function placeOrder(Order calldata order) external payable returns (bytes32 orderId);

    /// @notice Places orders that their buyers signed (EOA or ERC-1271), paid from the buyer's balance and allowance; or that the key of a
    /// buyer's tab signed, paid from the tab alone and placed by its operator (see {ITabs}): 85 bytes, the key's address and its ECDSA
    /// signature. All or nothing.
    function placeOrders(Order[] calldata orders, bytes[] calldata signatures) external;

    /// @notice Places an order with one ERC-3009 authorization: the buyer signs `ReceiveWithAuthorization` of exactly the total with the order id as nonce, which is consent to every term.
    function placeOrderWithAuthorization(Order calldata order, uint256 validAfter, uint256 validBefore, bytes calldata signature)
        external
        returns (bytes32 orderId);

    /// @notice Opens a tab that its account signed for (EOA or ERC-1271), paid from the account's balance and allowance. Anyone may, once.
    function openTab(TabOpening calldata opening, bytes calldata signature) external;

    /// @notice Places the order of an auction's winner, paid from what the auctions hold. Auctions only: they vouch that the buyer has
    /// signed for it, and that its terms are the listed ones, whose hash is given, but for the price.
    function placeWon(Order calldata order, bytes32 listedTermsHash) external returns (bytes32 orderId);

    /// @notice {Action.Ship}, on its own since it is on every order's way.
    function ship(Order calldata order, bytes32 data) external;
    /// @notice {Action.Confirm}, on its own since it is on every order's way.
    function confirm(Order calldata order) external;
    /// @notice Takes a step as the caller.
    /// @param bps RequestRefund: the asked part of what the escrow holds, 1–10000. Otherwise ignored.
    /// @param data Hash of the note that belongs to the step. Otherwise ignored.
    function perform(Order calldata order, Action action, uint16 bps, bytes32 data) external;
    /// @notice Accepts the other side's signed offer and ends the order by it, in any open state.
    function settle(Order calldata order, SettlementOffer calldata offer) external;
    /// @notice The agreed arbitrator gives `buyerBps` of what the escrow holds to the buyer; the rest settles by the terms.
    function rule(Order calldata order, uint16 buyerBps) external returns (bytes32 orderId);
    /// @notice Anyone, after the deadline: what the state's default says, see the lifecycle table.
    function settleDue(Order calldata order) external;

    /// @notice Carries out signed actions of parties (EOA or ERC-1271), submitted by anyone. All or nothing.
    function act(SignedAction[] calldata actions) external;

    /// @notice What is set aside on tabs, in a balance of the vault like any other.
    function tabs() external view returns (ITabs);
    /// @notice What is set aside for bids, likewise.
    function auctions() external view returns (address);
    function orderIdOf(Order calldata order) external view returns (bytes32);
    /// @return state {State}.
    /// @return deadline Unix seconds; zero when nothing waits.
    /// @return step How many steps the order has taken since it was placed.
    function stateOf(bytes32 orderId) external view returns (State state, uint40 deadline, uint32 step);
    /// @notice Subtotal plus shipping, in base units of the order's currency.
    function totalOf(Order calldata order) external pure returns (uint256);
}
