// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IVault} from "../../src/order/IVault.sol";
import {Action, IOrderBook, Order, SignedAction, State} from "../../src/order/IOrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {
    BlacklistingToken,
    FalseReturningToken,
    FeeOnTransferToken,
    HollowAuthorizationToken,
    HookedToken,
    LyingToken,
    MintableToken,
    OddDecimalsToken,
    PausableToken,
    RebasingToken,
    ReentrantToken,
    RefusingHook,
    SilentToken
} from "../mocks/HostileTokens.sol";
import {ReentrantWallet} from "../mocks/Wallets.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// Hostile tokens and wallets
/// ├── a token that keeps a fee, returns false or lies is refused at the door, also when an order pays
/// ├── a token that says nothing when it moves is as good as any
/// ├── a blacklisted party blocks nobody but itself, and only at the door; so does one whose hook refuses
/// ├── a paused token stops withdrawals, never an order's course
/// ├── a token that shrinks by itself harms those who hold it, and no other token
/// ├── decimals are for readers only
/// └── re-entering any function that moves money reverts
contract HostileTokensTest is MarketTest {
    function test_RevertWhen_TokenKeepsAFee() public {
        FeeOnTransferToken bad = new FeeOnTransferToken();
        _prepare(bad);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_WrongAmountReceived.selector, address(bad), 99, 100));
        vm.prank(buyer);
        book.deposit(buyer, address(bad), 100);
    }

    function test_RevertWhen_OrderIsPaidInATokenThatKeepsAFee() public {
        FeeOnTransferToken bad = new FeeOnTransferToken();
        _prepare(bad);
        Order memory order = _orderIn(address(bad));
        vm.expectRevert(
            abi.encodeWithSelector(
                IVault.Vault_WrongAmountReceived.selector, address(bad), TOTAL - TOTAL / 100, TOTAL
            )
        );
        _place(order);
    }

    function test_RevertWhen_TokenReturnsFalse() public {
        FalseReturningToken bad = new FalseReturningToken();
        _prepare(bad);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(bad)));
        vm.prank(buyer);
        book.deposit(buyer, address(bad), 100);
    }

    function test_RevertWhen_TokenLies() public {
        LyingToken bad = new LyingToken();
        _prepare(bad);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_WrongAmountReceived.selector, address(bad), 0, 100));
        vm.prank(buyer);
        book.deposit(buyer, address(bad), 100);
    }

    function test_RevertWhen_AuthorizationMovesNothing() public {
        HollowAuthorizationToken bad = new HollowAuthorizationToken();
        _prepare(bad);
        Order memory order = _orderIn(address(bad));
        bytes memory refusal =
            abi.encodeWithSelector(IVault.Vault_WrongAmountReceived.selector, address(bad), 0, TOTAL);
        vm.expectRevert(refusal);
        book.placeOrderWithAuthorization(order, 0, block.timestamp + 1, "");
        vm.expectRevert(refusal);
        book.depositWithAuthorization(buyer, address(bad), TOTAL, 0, block.timestamp + 1, bytes32(uint256(1)), "");
    }

    function test_ASilentTokenPaysAndIsPaidOut() public {
        SilentToken silent = new SilentToken();
        silent.mint(buyer, 10 * TOTAL);
        vm.prank(buyer);
        silent.approve(address(book), type(uint256).max);
        parameters.setCurrency(address(silent), true);
        Order memory order = _orderIn(address(silent));
        _place(order);
        vm.prank(buyer);
        book.confirm(order);
        vm.prank(seller);
        book.withdrawShop(shopId, address(silent), TOTAL);
        assertEq(silent.balanceOf(seller), TOTAL, "paid out");
        assertEq(book.owed(address(silent)), 0, "nothing owed");
    }

    function test_ABlacklistedVaultKeepsNothingOfOtherTokens() public {
        BlacklistingToken strict = new BlacklistingToken();
        _prepare(strict);
        Order memory frozen = _orderIn(address(strict));
        _place(frozen);
        Order memory other = _placed();
        strict.blacklist(address(book));
        vm.startPrank(buyer);
        book.confirm(frozen);
        book.confirm(other);
        vm.stopPrank();
        vm.startPrank(seller);
        vm.expectRevert(abi.encodeWithSelector(BlacklistingToken.Blacklisted.selector, address(book)));
        book.withdrawShop(shopId, address(strict), TOTAL);
        book.withdrawShop(shopId, address(token), TOTAL);
        vm.stopPrank();
        assertEq(token.balanceOf(seller), TOTAL, "the other token is paid");
    }

    function test_ABlacklistedBuyerIsStillRefunded() public {
        BlacklistingToken strict = new BlacklistingToken();
        _prepare(strict);
        Order memory order = _orderIn(address(strict));
        _place(order);
        strict.blacklist(buyer);
        vm.prank(seller);
        book.perform(order, Action.Refund, 0, 0);
        _assertState(order, State.Refunded);
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(BlacklistingToken.Blacklisted.selector, buyer));
        book.withdraw(address(strict), TOTAL, buyer);
        book.withdraw(address(strict), TOTAL, stranger);
        vm.stopPrank();
        assertEq(strict.balanceOf(stranger), TOTAL, "paid elsewhere");
    }

    function test_AHookThatRefusesBlocksOnlyItsOwner() public {
        HookedToken hooked = new HookedToken();
        _prepare(hooked);
        RefusingHook hook = new RefusingHook();
        vm.prank(seller);
        hooked.setHook(address(hook));
        Order memory order = _orderIn(address(hooked));
        _place(order);
        vm.prank(buyer);
        book.confirm(order);
        vm.prank(seller);
        vm.expectRevert(RefusingHook.Refused.selector);
        book.withdrawShop(shopId, address(hooked), TOTAL);
        assertEq(book.balanceOf(SHOP_ACCOUNT, address(hooked)), TOTAL, "still the shop's");
        vm.prank(seller);
        hooked.setHook(address(0));
        vm.prank(seller);
        book.withdrawShop(shopId, address(hooked), TOTAL);
        assertEq(hooked.balanceOf(seller), TOTAL, "paid");
    }

    function test_APausedTokenStopsWithdrawalsOnly() public {
        PausableToken pausable = new PausableToken();
        _prepare(pausable);
        Order memory order = _orderIn(address(pausable));
        _place(order);
        pausable.pause(true);
        vm.prank(buyer);
        book.confirm(order);
        _assertState(order, State.Completed);
        vm.prank(seller);
        vm.expectRevert(PausableToken.Paused.selector);
        book.withdrawShop(shopId, address(pausable), TOTAL);
        Order memory next = _orderIn(address(pausable));
        vm.expectRevert(PausableToken.Paused.selector);
        _place(next);
        pausable.pause(false);
        vm.prank(seller);
        book.withdrawShop(shopId, address(pausable), TOTAL);
    }

    function test_ARebasingTokenHarmsItsHoldersAlone() public {
        RebasingToken rebasing = new RebasingToken();
        _prepare(rebasing);
        vm.prank(buyer);
        book.deposit(buyer, address(rebasing), 100);
        rebasing.rebase(50);
        assertEq(book.balanceOf(buyer, address(rebasing)), 100, "the vault counts what came in");
        // What is left does not cover everybody; whoever comes first is served, and no other token makes up for it.
        uint256 heldBefore = token.balanceOf(address(book));
        vm.prank(buyer);
        book.withdraw(address(rebasing), 100, buyer);
        assertEq(token.balanceOf(address(book)), heldBefore, "the market's other money is untouched");
        assertEq(book.balanceOf(buyer, address(token)), RICH, "and so is what it owes");
    }

    function test_DecimalsAreForReadersOnly() public {
        uint8[2] memory odd = [0, 255];
        for (uint256 i = 0; i < odd.length; ++i) {
            OddDecimalsToken token_ = new OddDecimalsToken(odd[i]);
            _prepare(token_);
            Order memory order = _orderIn(address(token_));
            _place(order);
            vm.prank(buyer);
            book.confirm(order);
            assertEq(book.balanceOf(SHOP_ACCOUNT, address(token_)), TOTAL, "base units");
        }
    }

    function test_ABlacklistedSellerDoesNotBlockTheBuyer() public {
        BlacklistingToken strict = new BlacklistingToken();
        _prepare(strict);
        Order memory order = _orderIn(address(strict));
        _place(order);
        strict.blacklist(seller);
        strict.blacklist(affiliate);
        vm.prank(buyer);
        book.confirm(order);
        _assertState(order, State.Completed);

        vm.expectRevert(abi.encodeWithSelector(BlacklistingToken.Blacklisted.selector, seller));
        vm.prank(seller);
        book.withdrawShop(shopId, address(strict), TOTAL);
        vm.startPrank(seller);
        shop.setPayout(shopId, stranger);
        book.withdrawShop(shopId, address(strict), TOTAL);
        vm.stopPrank();
        assertEq(strict.balanceOf(stranger), TOTAL, "paid elsewhere");
    }

    function test_RevertWhen_ReenteredFromAPayment() public {
        ReentrantToken bad = new ReentrantToken();
        _prepare(bad);
        Order memory order = _orderIn(address(bad));
        bytes[10] memory calls = _everyDoor(order);
        for (uint256 i = 0; i < calls.length; ++i) {
            bad.arm(address(book), calls[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            _place(order);
        }
        bad.arm(address(0), "");
        _place(order);
        _assertState(order, State.Placed);
    }

    function test_RevertWhen_ReenteredFromADepositOrWithdrawal() public {
        ReentrantToken bad = new ReentrantToken();
        _prepare(bad);
        vm.prank(buyer);
        book.deposit(buyer, address(bad), 100);
        bytes[10] memory calls = _everyDoor(_orderIn(address(bad)));
        for (uint256 i = 0; i < calls.length; ++i) {
            bad.arm(address(book), calls[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            vm.prank(buyer);
            book.deposit(buyer, address(bad), 1);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            vm.prank(buyer);
            book.withdraw(address(bad), 1, buyer);
        }
    }

    function test_RevertWhen_ReenteredFromACoinWithdrawal() public {
        ReentrantWallet wallet = new ReentrantWallet();
        vm.prank(buyer);
        book.deposit{value: 10}(address(wallet), NATIVE, 10);
        bytes memory withdrawal = abi.encodeCall(IVault.withdraw, (NATIVE, 5, address(wallet)));
        wallet.arm(address(book), withdrawal);
        vm.expectRevert(abi.encodeWithSelector(IVault.Vault_NativeTransferFailed.selector, address(wallet)));
        wallet.execute(address(book), withdrawal);
        assertEq(book.balanceOf(address(wallet), NATIVE), 10, "nothing moved");
    }

    function _prepare(MintableToken bad) private {
        bad.mint(buyer, 10 * TOTAL);
        vm.prank(buyer);
        bad.approve(address(book), type(uint256).max);
        parameters.setCurrency(address(bad), true);
    }

    function _orderIn(address currency) private returns (Order memory) {
        OfferTerms memory terms = _terms();
        terms.currency = currency;
        return _orderOf(_publish(terms, STOCK), terms);
    }

    function _everyDoor(Order memory order) private view returns (bytes[10] memory) {
        return [
            abi.encodeCall(IVault.deposit, (buyer, order.terms.currency, 1)),
            abi.encodeCall(IVault.withdraw, (order.terms.currency, 1, buyer)),
            abi.encodeCall(IVault.withdrawShop, (shopId, order.terms.currency, 1)),
            abi.encodeCall(IOrderBook.placeOrder, (order)),
            abi.encodeCall(IOrderBook.placeOrders, (new Order[](0), new bytes[](0))),
            abi.encodeCall(IOrderBook.confirm, (order)),
            abi.encodeCall(IOrderBook.perform, (order, Action.Refund, 0, 0)),
            abi.encodeCall(IOrderBook.rule, (order, 0)),
            abi.encodeCall(IOrderBook.settleDue, (order)),
            abi.encodeCall(IOrderBook.act, (new SignedAction[](0)))
        ];
    }
}
