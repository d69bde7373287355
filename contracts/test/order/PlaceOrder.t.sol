// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOrderBook, Order, State} from "../../src/order/IOrderBook.sol";
import {IVault} from "../../src/order/IVault.sol";
import {ICatalog, OfferTerms} from "../../src/shop/ICatalog.sol";
import {Policy} from "../../src/shop/Policy.sol";
import {MarketTest} from "../support/MarketTest.sol";
import {PolicyFields} from "../support/PolicyFields.sol";

/// placeOrder
/// ├── takes stock, opens the ship-by clock and escrows the total from the balance
/// ├── starts shipped, on the confirm-by clock, when there is nothing to ship
/// ├── pays a shortfall from the allowance, or from the coin sent along, and keeps what is beyond need
/// └── reverts when expired, empty, by another caller, twice, self-referred, under other terms, of another version, another fee,
///     a dropped currency or arbitrator, an arbitrator who buys, sold out, or without money
contract PlaceOrderTest is MarketTest {
    using PolicyFields for Policy;

    function test_EscrowsTheTotalAndTakesStock() public {
        Order memory order = _order();
        bytes32 id = _idOf(order);
        vm.expectEmit(address(book));
        emit IOrderBook.OrderPlaced(
            id,
            offerId,
            buyer,
            1,
            1,
            address(0),
            0,
            TOTAL,
            uint40(block.timestamp + 2 days),
            order.detailsHash,
            order.validBefore,
            order.salt
        );
        assertEq(_place(order), id, "id");

        _assertState(order, State.Placed);
        assertEq(_deadline(order), block.timestamp + 2 days, "deadline");
        assertEq(_balance(buyer), RICH - TOTAL, "balance");
        assertEq(book.owed(address(token)), RICH, "owed counts the escrow");
        assertEq(_stock(offerId), STOCK - 1, "stock");
        assertEq(book.totalOf(order), TOTAL, "total");
    }

    function test_StartsShippedWhenThereIsNothingToShip() public {
        OfferTerms memory terms = _terms();
        terms.policy = terms.policy.withShipBy(0);
        Order memory order = _orderOf(_publish(terms, STOCK), terms);
        _place(order);
        _assertState(order, State.Shipped);
        assertEq(_deadline(order), block.timestamp + 7 days, "deadline");
    }

    function test_PaysAShortfallFromTheAllowance() public {
        _stake(stranger, 5e6);
        token.mint(stranger, TOTAL);
        vm.prank(stranger);
        token.approve(address(book), TOTAL);
        Order memory order = _order();
        order.buyer = stranger;

        vm.expectEmit(address(book));
        emit IVault.Deposited(stranger, address(token), TOTAL - 5e6);
        _place(order);
        assertEq(_balance(stranger), 0, "balance first");
        assertEq(token.balanceOf(stranger), 5e6, "then the wallet");
        assertEq(book.owed(address(token)), RICH + TOTAL, "owed");
    }

    function test_PaysInNativeCoin() public {
        Order memory order = _nativeOrder();
        vm.prank(buyer);
        book.placeOrder{value: TOTAL}(order);
        assertEq(address(book).balance, TOTAL, "held");
        assertEq(book.owed(NATIVE), TOTAL, "owed");
        assertEq(book.balanceOf(buyer, NATIVE), 0, "nothing over");
    }

    function test_KeepsExcessCoinForTheBuyer() public {
        Order memory order = _nativeOrder();
        vm.prank(buyer);
        book.placeOrder{value: TOTAL + 7}(order);
        assertEq(book.balanceOf(buyer, NATIVE), 7, "kept");
        order.salt = "next";
        vm.prank(buyer);
        book.placeOrder{value: TOTAL - 7}(order);
        assertEq(book.balanceOf(buyer, NATIVE), 0, "used");
        assertEq(book.owed(NATIVE), 2 * TOTAL, "owed");
    }

    function test_LeavesUnlimitedStockAlone() public {
        uint256 offer = _publish(_terms(), type(uint48).max);
        Order memory order = _orderOf(offer, _terms());
        order.quantity = type(uint32).max;
        _stake(buyer, book.totalOf(order));
        _place(order);
        assertEq(_stock(offer), type(uint48).max, "unlimited");
    }

    function test_AcceptsTheLastSecond() public {
        Order memory order = _order();
        vm.warp(order.validBefore);
        _place(order);
    }

    function testFuzz_ChargesPriceTimesQuantityPlusShipping(uint128 price, uint128 shipping, uint64 quantity) public {
        OfferTerms memory terms = _terms();
        terms.unitPrice = price = uint128(bound(price, 1, type(uint128).max));
        terms.shippingPrice = shipping;
        Order memory order = _orderOf(_publish(terms, type(uint48).max), terms);
        order.quantity = quantity = uint64(bound(quantity, 1, type(uint64).max));
        order.buyer = stranger;
        uint256 total = uint256(price) * quantity + shipping;
        _stake(stranger, total);
        _place(order);
        assertEq(_balance(stranger), 0, "charged all");
        vm.prank(stranger);
        book.confirm(order);
        assertEq(_balance(SHOP_ACCOUNT), total, "paid all");
    }

    function testFuzz_NeverSellsMoreThanStocked(uint64 quantity, uint48 stock) public {
        stock = uint48(bound(stock, 0, type(uint48).max - 1));
        OfferTerms memory terms = _terms();
        (terms.unitPrice, terms.shippingPrice) = (1, 0);
        Order memory order = _orderOf(_publish(terms, stock), terms);
        order.quantity = quantity = uint64(bound(quantity, 1, type(uint64).max));
        if (quantity > stock) {
            vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, order.offerId, stock, quantity));
            _place(order);
        } else {
            _stake(buyer, quantity);
            _place(order);
            assertEq(_stock(order.offerId), stock - quantity, "left");
        }
    }

    function test_RevertWhen_Expired() public {
        Order memory order = _order();
        vm.warp(order.validBefore + 1);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_Expired.selector, order.validBefore));
        _place(order);
    }

    function test_RevertWhen_QuantityZero() public {
        Order memory order = _order();
        order.quantity = 0;
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidQuantity.selector, 0));
        _place(order);
    }

    function test_RevertWhen_CallerIsNotTheBuyer() public {
        Order memory order = _order();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotBuyer.selector, _idOf(order), stranger));
        vm.prank(stranger);
        book.placeOrder(order);
    }

    function test_RevertWhen_PlacedTwice() public {
        Order memory order = _placed();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_AlreadyPlaced.selector, _idOf(order)));
        _place(order);
    }

    function test_RevertWhen_PlacedAgainAfterTheEnd() public {
        Order memory order = _placed();
        vm.prank(buyer);
        book.confirm(order);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_AlreadyPlaced.selector, _idOf(order)));
        _place(order);
    }

    function test_RevertWhen_BuyerRefersHimself() public {
        Order memory order = _order();
        order.affiliate = buyer;
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidAffiliate.selector, buyer));
        _place(order);
    }

    function test_RevertWhen_TermsDiffer() public {
        Order memory order = _order();
        order.terms.unitPrice -= 1;
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId));
        _place(order);
    }

    function test_RevertWhen_TheTextChangedUnderTheSameTerms() public {
        Order memory order = _order();
        _publishNext("other words");
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId));
        _place(order);
        order.version = 2;
        _place(order);
        _assertState(order, State.Placed);
    }

    function test_RevertWhen_TheVersionIsNotPublishedYet() public {
        Order memory order = _order();
        order.version = 2;
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId));
        _place(order);
    }

    function test_RevertWhen_OfferIsUnknown() public {
        Order memory order = _order();
        order.offerId += 1;
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_TermsMismatch.selector, offerId + 1));
        _place(order);
    }

    function test_RevertWhen_FeeIsNotTheOneInForce() public {
        parameters.setFee(50, feeRecipient);
        Order memory order = _order();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_WrongFee.selector, 0, 50));
        _place(order);
    }

    function test_RevertWhen_CurrencyWasDropped() public {
        parameters.setCurrency(address(token), false);
        Order memory order = _order();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_CurrencyNotAllowed.selector, address(token)));
        _place(order);
    }

    function test_RevertWhen_ArbitratorWasDropped() public {
        parameters.setArbitrator(arbitrator, false);
        Order memory order = _order();
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_ArbitratorNotAllowed.selector, arbitrator));
        _place(order);
    }

    function test_RevertWhen_ArbitratorBuys() public {
        Order memory order = _order();
        order.buyer = arbitrator;
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_ArbitratorNotAllowed.selector, arbitrator));
        _place(order);
    }

    function test_RevertWhen_SoldOut() public {
        Order memory order = _order();
        order.quantity = STOCK + 1;
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offerId, STOCK, STOCK + 1));
        _place(order);
    }

    function test_RevertWhen_WalletHasNoMoney() public {
        Order memory order = _order();
        order.buyer = stranger;
        vm.expectRevert();
        _place(order);
    }

    function test_RevertWhen_CoinIsMissing() public {
        Order memory order = _nativeOrder();
        vm.expectRevert(
            abi.encodeWithSelector(IVault.Vault_InsufficientBalance.selector, buyer, NATIVE, TOTAL - 1, TOTAL)
        );
        vm.prank(buyer);
        book.placeOrder{value: TOTAL - 1}(order);
    }

    function test_RevertWhen_CoinIsSentForATokenOrder() public {
        Order memory order = _order();
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_UnexpectedNative.selector, 1));
        vm.prank(buyer);
        book.placeOrder{value: 1}(order);
    }

    /// @dev The next version of the shop's first listing, at the terms it had.
    function _publishNext(bytes memory content) private {
        (OfferTerms[] memory all, uint48[] memory stocks) = _variants(_terms(), STOCK, 1);
        vm.prank(seller);
        catalog.publish(shopId, uint32(offerId >> 16), content, all, stocks);
    }

    function _nativeOrder() private returns (Order memory) {
        OfferTerms memory terms = _terms();
        terms.currency = NATIVE;
        return _orderOf(_publish(terms, STOCK), terms);
    }
}
