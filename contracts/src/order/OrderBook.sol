// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IParameters} from "../governance/IParameters.sol";
import {AUCTION_HOUSE, ICatalog, OfferTerms} from "../shop/ICatalog.sol";
import {IShop} from "../shop/IShop.sol";
import {Terms} from "../shop/Terms.sol";
import {ITabs, TabOpening} from "../tab/ITabs.sol";
import {Action, IOrderBook, Order, SettlementOffer, SignedAction, State} from "./IOrderBook.sol";
import {Lifecycle} from "./Lifecycle.sol";
import {Orders} from "./Orders.sol";
import {Vault} from "./Vault.sol";

/// @title OrderBook: see {IOrderBook}.
contract OrderBook is Lifecycle, EIP712, ERC2771Context {
    using Orders for Order;
    using Orders for SignedAction;
    using Orders for SettlementOffer;
    using Orders for TabOpening;
    using Terms for OfferTerms;

    /// Bytes of a tab key's signature.
    uint256 private constant TAB_SIGNATURE = 85;

    /// @inheritdoc IOrderBook
    ITabs public immutable tabs;
    /// @inheritdoc IOrderBook
    address public immutable auctions;

    /// What the parameters last agreed to: a batch asks once for all orders in one currency. They cannot change between two
    /// orders of a transaction but by a call in between, and whoever makes that call has both before and after.
    bytes32 private transient _agreed;

    constructor(
        IShop shop_,
        ICatalog catalog_,
        IParameters parameters_,
        ITabs tabs_,
        address auctions_,
        address forwarder
    )
        Vault(shop_)
        Lifecycle(catalog_, parameters_)
        EIP712("Kaishi", "1")
        ERC2771Context(forwarder)
    {
        (tabs, auctions) = (tabs_, auctions_);
    }

    /// @inheritdoc IOrderBook
    function placeOrder(Order calldata order) external payable nonReentrant returns (bytes32 orderId) {
        uint256 total = order.total();
        orderId = _place(order, total);
        address buyer = _msgSender();
        require(buyer == order.buyer, OrderBook_NotBuyer(orderId, buyer));
        address currency = order.terms.currency;
        if (currency == NATIVE) {
            _chargeNative(buyer, total);
        } else {
            _rejectNative();
            _charge(buyer, currency, total);
        }
    }

    /// @inheritdoc IOrderBook
    function placeOrders(Order[] calldata orders, bytes[] calldata signatures) external nonReentrant {
        require(orders.length == signatures.length, OrderBook_InvalidQuantity(signatures.length));
        for (uint256 i = 0; i < orders.length; ++i) {
            if (signatures[i].length == TAB_SIGNATURE) _placeFromTab(orders[i], signatures[i]);
            else _placeSigned(orders[i], signatures[i]);
        }
    }

    /// @inheritdoc IOrderBook
    function placeOrderWithAuthorization(
        Order calldata order,
        uint256 validAfter,
        uint256 validBefore,
        bytes calldata signature
    ) external nonReentrant returns (bytes32 orderId) {
        uint256 total = order.total();
        orderId = _place(order, total);
        // The buyer's consent is the token's to check: the nonce it accepts is this order's digest.
        _chargeAuthorized(order.buyer, order.terms.currency, total, validAfter, validBefore, orderId, signature);
    }

    /// @inheritdoc IOrderBook
    function openTab(TabOpening calldata opening, bytes calldata signature) external nonReentrant {
        _requireSignature(opening.account, _hashTypedDataV4(opening.hashOpening()), signature);
        tabs.open(opening);
        _chargeInto(opening.account, opening.token, opening.amount, address(tabs));
    }

    /// @inheritdoc IOrderBook
    /// @dev Compares the bare sender: the auctions never speak through a forwarder.
    function placeWon(Order calldata order, bytes32 listedTermsHash) external nonReentrant returns (bytes32 orderId) {
        require(msg.sender == auctions, OrderBook_NotAuctions(msg.sender));
        uint256 total = order.total();
        orderId = _enlist(order, order.terms.hash(), total);
        catalog.take(order.offerId, order.version, listedTermsHash, order.quantity, AUCTION_HOUSE, order.buyer);
        _charge(auctions, order.terms.currency, total);
    }

    /// @inheritdoc IOrderBook
    function ship(Order calldata order, bytes32 data) external nonReentrant {
        _ship(order, _orderId(order), _msgSender(), data);
    }

    /// @inheritdoc IOrderBook
    function confirm(Order calldata order) external nonReentrant {
        _confirm(order, _orderId(order), _msgSender());
    }

    /// @inheritdoc IOrderBook
    function perform(Order calldata order, Action action, uint16 bps, bytes32 data) external nonReentrant {
        _perform(order, _orderId(order), _msgSender(), action, bps, data);
    }

    /// @inheritdoc IOrderBook
    /// @dev Good once: accepting it ends the order.
    function settle(Order calldata order, SettlementOffer calldata offer) external nonReentrant {
        bytes32 orderId = _orderId(order);
        Slot memory slot = _load(orderId);
        _requireOpen(orderId, slot);
        address caller = _msgSender();
        if (caller == order.buyer) {
            _requireSeller(order, orderId, offer.by);
        } else {
            _requireSeller(order, orderId, caller);
            _requireBuyer(order, orderId, offer.by);
        }
        require(offer.buyerBps <= BPS, OrderBook_InvalidShare(offer.buyerBps));
        require(offer.step == slot.step, OrderBook_WrongStep(orderId, slot.step));
        require(block.timestamp <= offer.validBefore, OrderBook_Expired(offer.validBefore));
        _requireSignature(offer.by, _hashTypedDataV4(offer.hashSettlement(orderId)), offer.signature);
        _settled(order, orderId, slot, caller, offer.buyerBps);
    }

    /// @inheritdoc IOrderBook
    function rule(Order calldata order, uint16 buyerBps) external nonReentrant returns (bytes32 orderId) {
        require(buyerBps <= BPS, OrderBook_InvalidShare(buyerBps));
        orderId = _orderId(order);
        Slot memory slot = _load(orderId);
        _requireState(orderId, slot, slot.state == State.Disputed);
        address caller = _msgSender();
        require(caller == order.terms.arbitrator, OrderBook_NotArbitrator(orderId, caller));
        _requireInTime(orderId, slot);
        _ruled(order, orderId, slot, caller, buyerBps);
    }

    /// @inheritdoc IOrderBook
    /// @dev No check of the caller: the outcome is fixed, whoever asks for it.
    function settleDue(Order calldata order) external nonReentrant {
        _due(order, _orderId(order), _msgSender());
    }

    /// @inheritdoc IOrderBook
    function act(SignedAction[] calldata actions) external nonReentrant {
        for (uint256 i = 0; i < actions.length; ++i) _act(actions[i]);
    }

    /// @inheritdoc IOrderBook
    function orderIdOf(Order calldata order) external view returns (bytes32) {
        return _orderId(order);
    }

    /// @inheritdoc IOrderBook
    function stateOf(bytes32 orderId) external view returns (State state, uint40 deadline, uint32 step) {
        Slot memory slot = _load(orderId);
        return (slot.state, slot.deadline, slot.step);
    }

    /// @inheritdoc IOrderBook
    function totalOf(Order calldata order) external pure returns (uint256) {
        return order.total();
    }

    function _placeSigned(Order calldata order, bytes calldata signature) private {
        uint256 total = order.total();
        bytes32 orderId = _place(order, total);
        _requireSignature(order.buyer, orderId, signature);
        _charge(order.buyer, order.terms.currency, total);
    }

    /// @dev The buyer's consent is that of the tab's key: its address and an ECDSA signature, 85 bytes that nothing else has.
    function _placeFromTab(Order calldata order, bytes calldata signature) private {
        uint256 total = order.total();
        bytes32 termsHash = order.terms.hash();
        address key = _tabKey(_enlist(order, termsHash, total), signature);
        address currency = order.terms.currency;
        uint24 operatorId = tabs.spend(order.buyer, key, order.shopId(), currency, total, msg.sender);
        catalog.take(order.offerId, order.version, termsHash, order.quantity, operatorId, order.buyer);
        _charge(address(tabs), currency, total);
    }

    function _tabKey(bytes32 orderId, bytes calldata signature) private pure returns (address key) {
        key = address(bytes20(signature[:20]));
        (address signer, ECDSA.RecoverError failed,) = ECDSA.tryRecoverCalldata(orderId, signature[20:]);
        require(failed == ECDSA.RecoverError.NoError && signer == key, OrderBook_InvalidSignature(key));
    }

    /// @dev Everything but the payment, which the caller must take right after.
    function _place(Order calldata order, uint256 total) private returns (bytes32 orderId) {
        bytes32 termsHash = order.terms.hash();
        orderId = _enlist(order, termsHash, total);
        catalog.take(order.offerId, order.version, termsHash, order.quantity, 0, order.buyer);
    }

    /// @dev Everything but the stock and the payment.
    function _enlist(Order calldata order, bytes32 termsHash, uint256 total) private returns (bytes32 orderId) {
        _requirePlaceable(order);
        OfferTerms calldata terms = order.terms;
        orderId = _hashTypedDataV4(order.hash(termsHash));
        require(_words[orderId] == 0, OrderBook_AlreadyPlaced(orderId));

        // Delivered at purchase when there is nothing to ship. Windows and dates are bounded, see {Terms}: the sum fits.
        bool digital = order.isDigital();
        uint256 start = terms.policy.shipDate();
        if (start < block.timestamp) start = block.timestamp;
        uint40 deadline =
            uint40(start + (digital ? terms.policy.confirmBySeconds() : terms.policy.shipBySeconds()));
        _words[orderId] = _pack(digital ? State.Shipped : State.Placed, deadline, 0);
        _emitPlaced(order, orderId, total, deadline);
    }

    /// @dev On its own, for the sake of the compiler's stack.
    function _emitPlaced(Order calldata order, bytes32 orderId, uint256 total, uint40 deadline) private {
        emit OrderPlaced(
            orderId,
            order.offerId,
            order.buyer,
            order.version,
            order.quantity,
            order.affiliate,
            order.feeBps,
            total,
            deadline,
            order.detailsHash,
            order.validBefore,
            order.salt
        );
    }

    function _requirePlaceable(Order calldata order) private {
        require(block.timestamp <= order.validBefore, OrderBook_Expired(order.validBefore));
        require(order.quantity != 0, OrderBook_InvalidQuantity(0));
        require(order.affiliate != order.buyer, OrderBook_InvalidAffiliate(order.affiliate));
        (address currency, address arbitrator) = (order.terms.currency, order.terms.arbitrator);
        // A buyer must not rule on an own order.
        require(arbitrator != order.buyer, OrderBook_ArbitratorNotAllowed(arbitrator));
        bytes32 asked = keccak256(abi.encode(currency, arbitrator, order.feeBps));
        if (asked == _agreed) return;
        (bool currencyOk, bool arbitratorOk, uint16 feeBps) = parameters.check(currency, arbitrator);
        require(currencyOk, OrderBook_CurrencyNotAllowed(currency));
        require(arbitratorOk, OrderBook_ArbitratorNotAllowed(arbitrator));
        require(order.feeBps == feeBps, OrderBook_WrongFee(order.feeBps, feeBps));
        _agreed = asked;
    }

    function _act(SignedAction calldata signed) private {
        Order calldata order = signed.order;
        bytes32 orderId = _orderId(order);
        address actor = signed.actor;
        uint32 step = _load(orderId).step;
        require(signed.step == step, OrderBook_WrongStep(orderId, step));
        require(block.timestamp <= signed.validBefore, OrderBook_Expired(signed.validBefore));
        _requireSignature(actor, _hashTypedDataV4(signed.hashAction(orderId)), signed.signature);

        _perform(order, orderId, actor, signed.action, signed.bps, signed.data);
    }

    /// @dev A key first, then a contract (ERC-1271): looking for code costs more than most signatures need. Nobody has the key
    /// of a contract's address, but for an account that delegates its code (EIP-7702), whose key may do everything anyway.
    function _requireSignature(address signer, bytes32 digest, bytes calldata signature) private view {
        (address recovered, ECDSA.RecoverError failed,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failed == ECDSA.RecoverError.NoError && recovered == signer) return;
        require(
            SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature),
            OrderBook_InvalidSignature(signer)
        );
    }

    function _orderId(Order calldata order) private view returns (bytes32) {
        return _hashTypedDataV4(order.hash(order.terms.hash()));
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
