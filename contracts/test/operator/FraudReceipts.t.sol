// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOperators, Receipt} from "../../src/operator/IOperators.sol";
import {Action, Order} from "../../src/order/IOrderBook.sol";
import {ICatalog} from "../../src/shop/ICatalog.sol";
import {FraudTest} from "./FraudTest.sol";

/// An operator that breaks its word to buyers: each time the bond pays, to the unit, and everybody else has what they had.
contract FraudReceiptsTest is FraudTest {
    uint256 private constant FREE = RICH - ASIDE;

    function test_ADroppedReceiptIsPaidFor() public {
        Receipt memory receipt = _promise(_order(), 1);
        vm.roll(receipt.byBlock + 1);
        bytes memory signature = _signed(receipt);
        vm.expectEmit(address(operators));
        emit IOperators.OperatorCaught(
            operatorId, IOperators.Proof.Dropped, receipt.orderId, buyer, address(token), TOTAL, TOTAL
        );
        vm.prank(stranger);
        operators.claimDropped(operatorId, receipt, signature);
        _assertMoney(FREE + TOTAL, FREE, 0, TOTAL, BOND - 2 * TOTAL, 2 * ASIDE);
        _expectDropped(receipt, abi.encodeWithSelector(IOperators.Operators_AlreadyClaimed.selector, receipt.orderId));
        // What was set aside comes back as if nothing had been promised.
        _release(buyer, tabKey);
        _assertMoney(RICH + TOTAL, FREE, 0, TOTAL, BOND - 2 * TOTAL, ASIDE);
    }

    function test_RevertWhen_ThereIsStillTime() public {
        Receipt memory receipt = _promise(_order(), 1);
        vm.roll(receipt.byBlock);
        _expectDropped(receipt, abi.encodeWithSelector(IOperators.Operators_NotDropped.selector, receipt.orderId));
    }

    function test_RevertWhen_TheOrderStandsOnTheChain() public {
        Order memory order = _order();
        Receipt memory receipt = _promise(order, 1);
        _settleOrder(order, "tab key");
        vm.roll(receipt.byBlock + 1);
        bytes memory reason = abi.encodeWithSelector(IOperators.Operators_NotDropped.selector, receipt.orderId);
        _expectDropped(receipt, reason);
        // Nor when the buyer has cancelled since: it was placed.
        _perform(seller, order, Action.Refund);
        _expectDropped(receipt, reason);
    }

    function test_TheLastPiecePromisedTwiceIsPaidForTwice() public {
        _pledge();
        (Order memory order, Order memory other) = (_order(), _order());
        (order.quantity, other.buyer) = (STOCK, second);
        Receipt memory first = _promise(order, STOCK);
        Receipt memory twice = _promise(other, STOCK);
        uint256 total = book.totalOf(order);
        _settleOrder(order, "tab key");
        vm.expectRevert(abi.encodeWithSelector(ICatalog.Catalog_SoldOut.selector, offerId, 0, 1));
        this.settleOther(other);
        _claimConflicting(first, twice);
        uint256 paid = total + TOTAL;
        _assertMoney(FREE + total, FREE + TOTAL, 0, paid, BOND - 2 * paid, 2 * ASIDE - total);
        // The order that stands is a sale like any other.
        vm.prank(seller);
        book.ship(order, 0);
        vm.prank(buyer);
        book.confirm(order);
        _assertMoney(FREE + total, FREE + TOTAL, total, paid, BOND - 2 * paid, 2 * ASIDE - total);
        // That it was dropped as well is no second claim of the same buyer.
        vm.roll(twice.byBlock + 1);
        _expectDropped(twice, abi.encodeWithSelector(IOperators.Operators_AlreadyClaimed.selector, twice.orderId));
    }

    /// A third one for the same piece is paid on its own; who was paid before is not paid again, in whichever order they come.
    function test_EachOfThreeIsPaidOnce() public {
        (Receipt memory a, Receipt memory b, Receipt memory c) = (_promise(_order(), 7), _promise(_order(), 7), _promise(_order(), 7));
        _claimConflicting(a, b);
        _assertMoney(FREE + 2 * TOTAL, FREE, 0, 2 * TOTAL, BOND - 4 * TOTAL, 2 * ASIDE);
        _claimConflicting(a, c);
        _assertMoney(FREE + 3 * TOTAL, FREE, 0, 3 * TOTAL, BOND - 6 * TOTAL, 2 * ASIDE);
        _expectConflict(c, b, abi.encodeWithSelector(IOperators.Operators_AlreadyClaimed.selector, b.orderId));
        _assertMoney(FREE + 3 * TOTAL, FREE, 0, 3 * TOTAL, BOND - 6 * TOTAL, 2 * ASIDE);
    }

    function test_TheSamePositionTwiceIsPaidFor() public {
        (Receipt memory a, Receipt memory b) = (_promise(_order(), 0), _promise(_order(), 0));
        _expectConflict(a, b, abi.encodeWithSelector(IOperators.Operators_NoConflict.selector));
        b.position = a.position;
        _claimConflicting(a, b);
        _assertMoney(FREE + 2 * TOTAL, FREE, 0, 2 * TOTAL, BOND - 4 * TOTAL, 2 * ASIDE);
    }

    /// Two receipts of one offer contradict each other exactly when some piece is in both.
    function testFuzz_PiecesInCommonAreAConflict(uint8 lastA, uint8 sizeA, uint8 lastB, uint8 sizeB, bool sameOffer) public {
        (Receipt memory a, Receipt memory b) = (_promise(_order(), 0), _promise(_order(), 0));
        (a.quantity, b.quantity) = (uint64(bound(sizeA, 1, 20)), uint64(bound(sizeB, 1, 20)));
        (a.piece, b.piece) = (uint64(bound(lastA, a.quantity, 60)), uint64(bound(lastB, b.quantity, 60)));
        if (!sameOffer) b.offerId += 1;
        bool common;
        for (uint256 i = 0; i < 60; ++i) {
            // The piece after the first `i`.
            bool inA = i < a.piece && i >= a.piece - a.quantity;
            bool inB = i < b.piece && i >= b.piece - b.quantity;
            if (inA && inB) common = sameOffer;
        }
        if (common) _claimConflicting(a, b);
        else _expectConflict(a, b, abi.encodeWithSelector(IOperators.Operators_NoConflict.selector));
    }

    function test_RevertWhen_BothAreOfOneOrder() public {
        Receipt memory a = _promise(_order(), 1);
        Receipt memory b = abi.decode(abi.encode(a), (Receipt));
        b.byBlock += 5;
        _expectConflict(a, b, abi.encodeWithSelector(IOperators.Operators_NoConflict.selector));
    }

    /// Pieces near the end of their numbers, and receipts of more than there ever was.
    function test_NoNumbersBreakTheComparison() public {
        (Receipt memory a, Receipt memory b) = (_promise(_order(), type(uint64).max), _promise(_order(), 1));
        a.quantity = type(uint64).max;
        b.quantity = type(uint64).max;
        _claimConflicting(a, b);
        _assertMoney(FREE + 2 * TOTAL, FREE, 0, 2 * TOTAL, BOND - 4 * TOTAL, 2 * ASIDE);
    }

    /// Half is lost, whatever an operator says against itself.
    function testFuzz_NoOperatorTakesItsBondOutByAProofAgainstItself(uint128 total, uint64 bond) public {
        _post(bond);
        uint256 before = BOND + bond;
        Receipt memory receipt = _promise(_order(), 0);
        (receipt.buyer, receipt.total, receipt.byBlock) = (stranger, total, 0);
        vm.assume(total != 0);
        _claimDropped(receipt);
        (uint256 taken, uint256 lost) = (_balance(stranger), _balance(feeRecipient));
        assertTrue(taken <= lost + 1, "as much is lost as is taken");
        assertEq(taken, total < (before + 1) / 2 ? total : (before + 1) / 2, "taken");
        assertEq(operators.bondOf(operatorId, address(token)), before - taken - lost, "bond");
    }

    /// A receipt of the victim's order, over one unit, to a friend: it does not use the true one up.
    function test_AForgedSmallProofDoesNotStandInTheWay() public {
        Receipt memory receipt = _promise(_order(), 1);
        vm.roll(receipt.byBlock + 1);
        Receipt memory toFriend = abi.decode(abi.encode(receipt), (Receipt));
        (toFriend.buyer, toFriend.total) = (stranger, 1);
        _claimDropped(toFriend);
        Receipt memory tooSmall = abi.decode(abi.encode(receipt), (Receipt));
        tooSmall.total = 1;
        _claimDropped(tooSmall);
        _claimDropped(receipt);
        _assertMoney(FREE + TOTAL, FREE, 0, TOTAL + 1, BOND - 2 * TOTAL - 2, 2 * ASIDE);
        assertEq(_balance(stranger), 1, "the friend");
        _expectDropped(receipt, abi.encodeWithSelector(IOperators.Operators_AlreadyClaimed.selector, receipt.orderId));
    }

    /// What a bond could not bear stays due.
    function test_TheRestIsPaidWhenTheBondIsFilledUpAgain() public {
        Receipt memory receipt = _promise(_order(), 1);
        receipt.total = uint128(BOND);
        vm.roll(receipt.byBlock + 1);
        _claimDropped(receipt);
        _assertMoney(FREE + BOND / 2, FREE, 0, BOND / 2, 0, 2 * ASIDE);
        _expectDropped(receipt, abi.encodeWithSelector(IOperators.Operators_InsufficientBond.selector, 0, BOND));
        _post(2 * BOND);
        _claimDropped(receipt);
        _assertMoney(FREE + BOND, FREE, 0, BOND, BOND, 2 * ASIDE);
        _expectDropped(receipt, abi.encodeWithSelector(IOperators.Operators_AlreadyClaimed.selector, receipt.orderId));
    }

    /// Each is paid from the bond in its own currency, in whichever order they come.
    function test_TwoInTwoCurrenciesArePaidOnTheirOwn() public {
        (Receipt memory a, Receipt memory b) = (_promise(_order(), 3), _promise(_order(), 3));
        a.token = NATIVE;
        _claimConflicting(a, b);
        _assertMoney(FREE + TOTAL, FREE, 0, TOTAL, BOND - 2 * TOTAL, 2 * ASIDE);
        _expectConflict(a, b, abi.encodeWithSelector(IOperators.Operators_InsufficientBond.selector, 0, TOTAL));
        vm.deal(address(this), 4 * TOTAL);
        book.deposit{value: 4 * TOTAL}(operator, NATIVE, 4 * TOTAL);
        vm.prank(operator);
        book.transferAndCall(NATIVE, address(operators), 4 * TOTAL, abi.encode(operatorId));
        _claimConflicting(b, a);
        assertEq(book.balanceOf(buyer, NATIVE), TOTAL, "coin");
        assertEq(operators.bondOf(operatorId, NATIVE), 2 * TOTAL, "bond of coin");
    }

    function test_RevertWhen_TheOperatorDidNotSign() public {
        Receipt memory receipt = _promise(_order(), 1);
        vm.roll(receipt.byBlock + 1);
        bytes memory reason = abi.encodeWithSelector(IOperators.Operators_InvalidSignature.selector, operatorId);
        bytes32 digest = operators.digestOf(receipt);
        bytes[3] memory forged = [sign(key("stranger"), digest), _mirrored(digest), new bytes(65)];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(reason);
            operators.claimDropped(operatorId, receipt, forged[i]);
        }
        // Neither for an operator that does not exist, whose signer is nobody.
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_InvalidSignature.selector, 7));
        operators.claimDropped(7, receipt, forged[2]);
        bytes memory signature = sign(key("operator"), digest);
        receipt.total += 1;
        vm.expectRevert(reason);
        operators.claimDropped(operatorId, receipt, signature);
    }

    function test_RevertWhen_ItWasSignedForAnotherChain() public {
        Receipt memory receipt = _promise(_order(), 1);
        bytes memory signature = _signed(receipt);
        vm.roll(receipt.byBlock + 1);
        vm.chainId(5);
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_InvalidSignature.selector, operatorId));
        operators.claimDropped(operatorId, receipt, signature);
    }

    /// For seven days after an operator has said that it leaves, it can be caught; and it has to say so anew when it stays.
    function test_AnAnnouncedBondStillPaysAndAnAnnouncementLapses() public {
        Receipt memory receipt = _promise(_order(), 1);
        vm.roll(receipt.byBlock + 1);
        vm.prank(operator);
        operators.announceWithdrawal(operatorId, address(token), BOND);
        uint256 from = block.timestamp + 7 days;
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_TooEarly.selector, from));
        operators.withdrawBond(operatorId, address(token));
        _claimDropped(receipt);
        vm.warp(from + 7 days + 1);
        vm.expectRevert(IOperators.Operators_Invalid.selector);
        operators.withdrawBond(operatorId, address(token));
        vm.warp(from + 7 days);
        operators.withdrawBond(operatorId, address(token));
        assertEq(_balance(operator), BOND - 2 * TOTAL, "what is left of it");
        assertEq(operators.bondOf(operatorId, address(token)), 0, "bond");
    }

    function settleOther(Order memory order) external {
        _settleOrder(order, "second tab key");
    }

    /// @dev The other signature that the curve has for the same digest.
    function _mirrored(bytes32 digest) private pure returns (bytes memory) {
        uint256 n = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key("operator"), digest);
        return abi.encodePacked(r, n - uint256(s), v == 27 ? uint8(28) : uint8(27));
    }
}
