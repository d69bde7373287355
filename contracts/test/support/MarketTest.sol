// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Parameters} from "../../src/governance/Parameters.sol";
import {Auctions} from "../../src/live/Auctions.sol";
import {Operators} from "../../src/operator/Operators.sol";
import {Action, Order, SettlementOffer, SignedAction, State} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {Batch} from "../../src/platform/Batch.sol";
import {Forwarder} from "../../src/platform/Forwarder.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {Reviews} from "../../src/review/Reviews.sol";
import {Catalog} from "../../src/shop/Catalog.sol";
import {OfferTerms, Split} from "../../src/shop/ICatalog.sol";
import {Shop} from "../../src/shop/Shop.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {Tabs} from "../../src/tab/Tabs.sol";
import {PolicyFields} from "./PolicyFields.sol";
import {Test} from "./Test.sol";

/// @notice A market with one shop, one offer of ten pieces, and a buyer with money in the vault.
abstract contract MarketTest is Test {
    using PolicyFields for Policy;

    uint128 internal constant PRICE = 25e6;
    uint128 internal constant SHIPPING = 3e6;
    uint256 internal constant TOTAL = PRICE + SHIPPING;
    uint256 internal constant RICH = 1e15;
    uint48 internal constant STOCK = 10;
    address internal constant NATIVE = address(0);
    bytes32 internal constant ACTION_TYPEHASH =
        keccak256("OrderAction(bytes32 orderId,uint8 action,uint16 bps,bytes32 data,uint32 step,uint64 validBefore)");
    bytes32 internal constant OFFER_TYPEHASH =
        keccak256("SettlementOffer(bytes32 orderId,uint16 buyerBps,uint32 step,uint64 validBefore)");
    /// The first shop's money account.
    address internal constant SHOP_ACCOUNT = address(1);

    address internal immutable seller = person("seller");
    address internal immutable buyer = person("buyer");
    address internal immutable arbitrator = person("arbitrator");
    address internal immutable stranger = person("stranger");
    address internal immutable affiliate = person("affiliate");
    address internal immutable operator = person("operator");
    address internal immutable feeRecipient = person("fee recipient");

    Forwarder internal forwarder;
    Parameters internal parameters;
    Shop internal shop;
    Batch internal batch;
    Operators internal operators;
    Tabs internal tabs;
    Catalog internal catalog;
    Auctions internal auctions;
    OrderBook internal book;
    Reviews internal reviews;
    TestToken internal token;
    uint256 internal shopId;
    uint256 internal offerId;
    /// Registered by "operator", who signs for it too.
    uint24 internal operatorId;
    uint256 private _salt;

    function setUp() public virtual {
        vm.warp(1_900_000_000);
        forwarder = new Forwarder();
        batch = new Batch();
        parameters = new Parameters(address(this), feeRecipient);
        address bookAddress = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 5);
        shop = new Shop(bookAddress, address(forwarder));
        operators = new Operators(OrderBook(bookAddress), parameters, address(forwarder));
        tabs = new Tabs(OrderBook(bookAddress), operators, batch, address(forwarder));
        catalog = new Catalog(shop, parameters, bookAddress, address(forwarder));
        auctions = new Auctions(OrderBook(bookAddress), catalog, shop, parameters, address(forwarder));
        book = new OrderBook(shop, catalog, parameters, tabs, address(auctions), address(forwarder));
        reviews = new Reviews(book, shop, address(forwarder));
        token = new TestToken("Test Dollar", "tUSD", 6, address(this));
        parameters.setCurrency(address(token), true);
        parameters.setCurrency(NATIVE, true);
        parameters.setArbitrator(arbitrator, true);
        vm.prank(operator);
        operatorId = operators.register(operator);
        vm.prank(seller);
        shopId = shop.open("tea-house", seller, "{}");
        offerId = _publish(_terms(), STOCK);
        _stake(buyer, RICH);
        vm.deal(buyer, 1000 ether);
        vm.deal(stranger, 1000 ether);
    }

    function _terms() internal view returns (OfferTerms memory) {
        return OfferTerms({
            currency: address(token),
            unitPrice: PRICE,
            shippingPrice: SHIPPING,
            returnShippingPrice: 0,
            policy: Policy.wrap(0).withShipBy(2 days).withConfirmBy(7 days).withCancel(1 hours).withReturn(7 days),
            arbitrator: arbitrator,
            splits: new Split[](0)
        });
    }

    /// @dev Publishes a listing of one variant.
    function _publish(OfferTerms memory terms, uint48 stock) internal returns (uint256) {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(terms, stock, 1);
        vm.prank(seller);
        return catalog.publish(shopId, 0, "{}", all, stocks) << 16;
    }

    function _variants(OfferTerms memory terms, uint48 stock, uint256 count)
        internal
        pure
        returns (OfferTerms[] memory all, uint48[] memory stocks)
    {
        (all, stocks) = (new OfferTerms[](count), new uint48[](count));
        for (uint256 i = 0; i < count; ++i) (all[i], stocks[i]) = (terms, stock);
    }

    /// @dev Puts tokens into an account's balance.
    function _stake(address account, uint256 amount) internal {
        token.mint(address(this), amount);
        token.approve(address(book), amount);
        book.deposit(account, address(token), amount);
    }

    /// @dev Sets a part of the account's balance aside for a key.
    function _openTab(address account, address key_, uint256 amount, uint64 onlyShop, uint256 until) internal {
        vm.prank(account);
        book.transferAndCall(
            address(token), address(tabs), amount, abi.encode(key_, onlyShop, uint40(until), operatorId)
        );
    }

    function _order() internal returns (Order memory) {
        return _orderOf(offerId, _terms());
    }

    function _orderOf(uint256 offer, OfferTerms memory terms) internal returns (Order memory order) {
        order.offerId = offer;
        order.version = 1;
        order.terms = terms;
        order.buyer = buyer;
        order.quantity = 1;
        order.detailsHash = keccak256("details");
        order.validBefore = uint64(block.timestamp + 30 days);
        order.salt = bytes32(++_salt);
    }

    function _place(Order memory order) internal returns (bytes32) {
        vm.prank(order.buyer);
        return book.placeOrder(order);
    }

    function _placed() internal returns (Order memory order) {
        order = _order();
        _place(order);
    }

    function _shipped() internal returns (Order memory order) {
        order = _placed();
        vm.prank(seller);
        book.ship(order, "note");
    }

    function _disputed() internal returns (Order memory order) {
        order = _shipped();
        vm.prank(buyer);
        book.perform(order, Action.Dispute, 0, "broken");
    }

    function _delivered() internal returns (Order memory order) {
        order = _shipped();
        _perform(buyer, order, Action.Acknowledge);
    }

    /// @dev Of an offer under other terms than the usual ones.
    function _shippedOn(OfferTerms memory terms) internal returns (Order memory order) {
        order = _orderOf(_publish(terms, STOCK), terms);
        _place(order);
        vm.prank(seller);
        book.ship(order, 0);
    }

    function _perform(address actor, Order memory order, Action action) internal {
        vm.prank(actor);
        book.perform(order, action, 0, 0);
    }

    function _step(Order memory order) internal view returns (uint32 step) {
        (,, step) = book.stateOf(_idOf(order));
    }

    function _idOf(Order memory order) internal view returns (bytes32) {
        return book.orderIdOf(order);
    }

    function _balance(address account) internal view returns (uint256) {
        return book.balanceOf(account, address(token));
    }

    function _stock(uint256 offer) internal view returns (uint48 stock) {
        (, stock,) = catalog.offerOf(offer);
    }

    function _assertState(Order memory order, State expected) internal view {
        (State state,,) = book.stateOf(_idOf(order));
        assertEq(uint8(state), uint8(expected), "state");
    }

    function _deadline(Order memory order) internal view returns (uint40 deadline) {
        (, deadline,) = book.stateOf(_idOf(order));
    }

    function _signOrder(uint256 secret, Order memory order) internal view returns (bytes memory) {
        return sign(secret, _idOf(order));
    }

    /// @dev For the step the order is at.
    function _signAction(uint256 secret, Order memory order, Action action, bytes32 data)
        internal
        view
        returns (SignedAction memory)
    {
        (,, uint32 step) = book.stateOf(_idOf(order));
        return _signActionAt(secret, order, action, data, step);
    }

    function _signActionAt(uint256 secret, Order memory order, Action action, bytes32 data, uint32 step)
        internal
        view
        returns (SignedAction memory signed)
    {
        signed.order = order;
        signed.action = action;
        signed.actor = vm.addr(secret);
        signed.data = data;
        signed.step = step;
        signed.validBefore = uint64(block.timestamp + 1 days);
        bytes32 structHash = keccak256(
            abi.encode(
                ACTION_TYPEHASH, _idOf(order), action, signed.bps, data, signed.step, signed.validBefore
            )
        );
        signed.signature = sign(secret, keccak256(abi.encodePacked(hex"1901", _domainSeparator(address(book)), structHash)));
    }

    /// @dev For the step the order is at.
    function _signOffer(uint256 secret, Order memory order, uint16 buyerBps)
        internal
        view
        returns (SettlementOffer memory offer)
    {
        offer.by = vm.addr(secret);
        offer.buyerBps = buyerBps;
        offer.step = _step(order);
        offer.validBefore = uint64(block.timestamp + 1 days);
        bytes32 structHash =
            keccak256(abi.encode(OFFER_TYPEHASH, _idOf(order), offer.buyerBps, offer.step, offer.validBefore));
        offer.signature = sign(secret, keccak256(abi.encodePacked(hex"1901", _domainSeparator(address(book)), structHash)));
    }

    function _domainSeparator(address verifying) internal view returns (bytes32) {
        return _domain("Kaishi", verifying);
    }

    function _domain(string memory name, address verifying) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                verifying
            )
        );
    }

    /// @dev A buyer's ERC-3009 authorization to the order book.
    function _authorize(uint256 secret, uint256 value, bytes32 nonce, uint256 validBefore)
        internal
        view
        returns (bytes memory)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                vm.addr(secret),
                address(book),
                value,
                0,
                validBefore,
                nonce
            )
        );
        return sign(secret, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash)));
    }
}
