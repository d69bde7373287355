// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Action, IOrderBook, Order, SettlementOffer, SignedAction, State} from "../../src/order/IOrderBook.sol";
import {ApprovingWallet} from "../mocks/Wallets.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// settle: one side's signed offer, accepted by the other, in any open state
/// ├── buyer accepts the seller's, seller the buyer's; staff of the orders role counts as the seller
/// └── reverts when forged, expired, of another step or order, replayed, accepted by oneself or by anyone else
contract SettleTest is MarketTest {
    function test_BuyerAcceptsTheSellersOffer() public {
        Order memory order = _shipped();
        SettlementOffer memory offer = _signOffer(key("seller"), order, 3700);
        uint256 buyers = TOTAL * 37 / 100;
        vm.expectEmit(address(book));
        emit IOrderBook.OrderSettled(_idOf(order), buyer, 3700, buyers, TOTAL - buyers);
        vm.prank(buyer);
        book.settle(order, offer);
        _assertState(order, State.Settled);
        assertEq(_balance(buyer), RICH - TOTAL + buyers, "buyer");
        assertEq(_balance(SHOP_ACCOUNT), TOTAL - buyers, "shop");
    }

    function test_SellerAcceptsTheBuyersOffer() public {
        Order memory order = _disputed();
        SettlementOffer memory offer = _signOffer(key("buyer"), order, 0);
        vm.prank(seller);
        book.settle(order, offer);
        assertEq(_balance(SHOP_ACCOUNT), TOTAL, "all of it");
    }

    function test_BeforeShipmentTheGoodsAreNotPutBack() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("buyer"), order, 10_000);
        vm.prank(seller);
        book.settle(order, offer);
        assertEq(_balance(buyer), RICH, "all of it");
        assertEq(_stock(offerId), STOCK - 1, "what became of the piece is the seller's to say");
    }

    function test_StaffOfTheOrdersRoleOffersAndAccepts() public {
        vm.prank(seller);
        shop.setStaff(shopId, stranger, 2);
        Order memory order = _shipped();
        SettlementOffer memory offer = _signOffer(key("stranger"), order, 100);
        vm.prank(buyer);
        book.settle(order, offer);
        order = _shipped();
        offer = _signOffer(key("buyer"), order, 100);
        vm.prank(stranger);
        book.settle(order, offer);
        _assertState(order, State.Settled);
    }

    function test_AcceptsAContractsSignature() public {
        ApprovingWallet wallet = new ApprovingWallet();
        vm.prank(seller);
        shop.setStaff(shopId, address(wallet), 2);
        Order memory order = _shipped();
        SettlementOffer memory offer = _signOffer(key("stranger"), order, 100);
        offer.by = address(wallet);
        _expectInvalid(order, offer);
        bytes32 structHash =
            keccak256(abi.encode(OFFER_TYPEHASH, _idOf(order), offer.buyerBps, offer.step, offer.validBefore));
        wallet.approve(keccak256(abi.encodePacked(hex"1901", _domainSeparator(address(book)), structHash)));
        vm.prank(buyer);
        book.settle(order, offer);
        _assertState(order, State.Settled);
    }

    function test_GoodAtTheLastSecond_RevertWhen_Expired() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("seller"), order, 100);
        vm.warp(offer.validBefore + 1);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_Expired.selector, offer.validBefore));
        vm.prank(buyer);
        book.settle(order, offer);
        vm.warp(offer.validBefore);
        vm.prank(buyer);
        book.settle(order, offer);
    }

    function test_RevertWhen_TheOrderHasMovedOn() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("buyer"), order, 100);
        vm.prank(seller);
        book.ship(order, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_WrongStep.selector, _idOf(order), 1));
        vm.prank(seller);
        book.settle(order, offer);
    }

    function test_RevertWhen_Replayed() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("buyer"), order, 100);
        vm.prank(seller);
        book.settle(order, offer);
        vm.expectRevert(
            abi.encodeWithSelector(IOrderBook.OrderBook_WrongState.selector, _idOf(order), State.Settled)
        );
        vm.prank(seller);
        book.settle(order, offer);
    }

    function test_RevertWhen_SignedForAnotherOrder() public {
        (Order memory a, Order memory b) = (_placed(), _placed());
        _expectInvalid(b, _signOffer(key("seller"), a, 100));
    }

    function test_RevertWhen_Altered() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("seller"), order, 100);
        offer.buyerBps = 10_000;
        _expectInvalid(order, offer);
        offer = _signOffer(key("seller"), order, 100);
        offer.validBefore += 1;
        _expectInvalid(order, offer);
    }

    function test_RevertWhen_SignedOnAnotherChain() public {
        Order memory order = _placed();
        vm.chainId(1);
        SettlementOffer memory offer = _signOffer(key("seller"), order, 100);
        vm.chainId(31337);
        _expectInvalid(order, offer);
    }

    /// An action's signature is none for an offer, whatever its fields.
    function test_RevertWhen_AnActionWasSigned() public {
        Order memory order = _placed();
        SignedAction memory signed = _signAction(key("seller"), order, Action.Refund, 0);
        SettlementOffer memory offer = _signOffer(key("seller"), order, 0);
        offer.signature = signed.signature;
        _expectInvalid(order, offer);
    }

    function test_RevertWhen_ShareAboveAll() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("seller"), order, 10_001);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidShare.selector, 10_001));
        vm.prank(buyer);
        book.settle(order, offer);
    }

    function test_RevertWhen_AcceptedByItsOwnSide() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("buyer"), order, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotSeller.selector, _idOf(order), buyer));
        vm.prank(buyer);
        book.settle(order, offer);
        offer = _signOffer(key("seller"), order, 0);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotBuyer.selector, _idOf(order), seller));
        vm.prank(seller);
        book.settle(order, offer);
    }

    function test_RevertWhen_AStrangerOffersOrAccepts() public {
        Order memory order = _placed();
        SettlementOffer memory offer = _signOffer(key("stranger"), order, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotSeller.selector, _idOf(order), stranger));
        vm.prank(buyer);
        book.settle(order, offer);
        offer = _signOffer(key("buyer"), order, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_NotSeller.selector, _idOf(order), stranger));
        vm.prank(stranger);
        book.settle(order, offer);
    }

    function test_RevertWhen_TheOrderWasNeverPlaced() public {
        Order memory order = _order();
        SettlementOffer memory offer = _signOffer(key("seller"), order, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_WrongState.selector, _idOf(order), State.None));
        vm.prank(buyer);
        book.settle(order, offer);
    }

    function _expectInvalid(Order memory order, SettlementOffer memory offer) private {
        vm.expectRevert(abi.encodeWithSelector(IOrderBook.OrderBook_InvalidSignature.selector, offer.by));
        vm.prank(buyer);
        book.settle(order, offer);
    }
}
