// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOperators, Receipt} from "../../src/operator/IOperators.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// register, bonds, announceWithdrawal, withdrawBond, what is signed. Proofs: see the fraud tests.
contract OperatorsTest is MarketTest {
    address private immutable _owner = person("owner");
    address private immutable _signer = person("signer");

    function setUp() public override {
        super.setUp();
        _stake(stranger, type(uint128).max);
    }

    function _register() private returns (uint24) {
        vm.prank(_signer);
        return operators.register(_owner);
    }

    function _post(uint24 to, uint256 amount) private {
        vm.prank(stranger);
        book.transferAndCall(address(token), address(operators), amount, abi.encode(to));
    }

    function _announce(uint24 id, uint256 amount) private {
        vm.prank(_owner);
        operators.announceWithdrawal(id, address(token), amount);
    }

    function _assertBond(uint24 id, uint256 expected) private view {
        assertEq(operators.bondOf(id, address(token)), expected, "bond");
    }

    function _assertAnnounced(uint24 id, uint256 amount, uint256 from) private view {
        (uint256 a, uint40 f) = operators.withdrawalOf(id, address(token));
        assertEq(a, amount, "announced");
        assertEq(f, from, "from");
    }

    function test_Register_TheSignerNamesItsOwner() public {
        uint24 expected = operatorId + 1;
        vm.expectEmit(address(operators));
        emit IOperators.OperatorRegistered(expected, _owner, _signer);
        assertEq(_register(), expected, "id");
        assertEq(operators.ownerOf(expected), _owner, "owner");
        assertEq(operators.signerOf(expected), _signer, "signer");
        assertEq(operators.operatorOf(_signer), expected, "operator");
        assertEq(operators.operatorOf(_owner), 0, "the owner signs for nobody");
        assertEq(operators.signerOf(expected + 1), address(0), "nobody");
        assertEq(operators.ownerOf(0), address(0), "nobody");
    }

    function test_Register_RevertWhen_TwiceOrForNobody() public {
        vm.expectRevert(IOperators.Operators_Invalid.selector);
        vm.prank(_signer);
        operators.register(address(0));
        _register();
        vm.expectRevert(IOperators.Operators_Invalid.selector);
        _register();
    }

    function test_OnPaid_AnybodyRaisesABond() public {
        uint24 id = _register();
        vm.expectEmit(address(operators));
        emit IOperators.BondPosted(id, address(token), 70, 70);
        _post(id, 70);
        vm.expectEmit(address(operators));
        emit IOperators.BondPosted(id, address(token), 7, 77);
        _post(id, 7);
        _assertBond(id, 77);
        assertEq(_balance(address(operators)), 77, "held");
        _assertBond(operatorId, 0);
        assertEq(operators.bondOf(id, NATIVE), 0, "of another currency");
    }

    function test_OnPaid_RevertWhen_ForNobodyOrNotFromTheVault() public {
        vm.expectRevert(IOperators.Operators_Invalid.selector);
        vm.prank(stranger);
        book.transferAndCall(address(token), address(operators), 1, abi.encode(operatorId + 1));
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_NotVault.selector, stranger));
        vm.prank(stranger);
        operators.onPaid(stranger, address(token), 1, abi.encode(operatorId));
    }

    function test_Withdraw_AfterSevenDays() public {
        uint24 id = _register();
        _post(id, 100);
        uint40 from = uint40(block.timestamp + 7 days);
        vm.expectEmit(address(operators));
        emit IOperators.BondWithdrawalAnnounced(id, address(token), 60, from);
        _announce(id, 60);
        _assertAnnounced(id, 60, from);
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_TooEarly.selector, from));
        operators.withdrawBond(id, address(token));
        vm.warp(from);
        vm.expectEmit(address(operators));
        emit IOperators.BondWithdrawn(id, address(token), 60, 40);
        vm.prank(stranger);
        operators.withdrawBond(id, address(token));
        assertEq(_balance(_owner), 60, "the owner's, whoever asked");
        _assertBond(id, 40);
        _assertAnnounced(id, 0, 0);
        vm.expectRevert(IOperators.Operators_Invalid.selector);
        operators.withdrawBond(id, address(token));
    }

    function test_Announce_RevertWhen_NotTheOwnerOrTooMuch() public {
        uint24 id = _register();
        _post(id, 100);
        address[2] memory others = [_signer, stranger];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_NotOwner.selector, id, others[i]));
            vm.prank(others[i]);
            operators.announceWithdrawal(id, address(token), 1);
        }
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_InsufficientBond.selector, 100, 101));
        _announce(id, 101);
        // Of an operator that does not exist nobody is the owner.
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_NotOwner.selector, 99, _owner));
        _announce(99, 0);
    }

    function test_Announce_ReplacesTheOneBefore() public {
        uint24 id = _register();
        _post(id, 100);
        _announce(id, 60);
        vm.warp(block.timestamp + 6 days);
        _announce(id, 100);
        _assertAnnounced(id, 100, block.timestamp + 7 days);
        vm.expectRevert(abi.encodeWithSelector(IOperators.Operators_TooEarly.selector, block.timestamp + 7 days));
        operators.withdrawBond(id, address(token));
        _announce(id, 0);
        _assertAnnounced(id, 0, 0);
        vm.warp(block.timestamp + 8 days);
        vm.expectRevert(IOperators.Operators_Invalid.selector);
        operators.withdrawBond(id, address(token));
    }

    function testFuzz_BondsAreWhatIsHeld(uint64 one, uint64 other, uint64 announced) public {
        uint24 id = _register();
        vm.assume(one != 0 && other != 0);
        _post(id, one);
        _post(operatorId, other);
        uint256 amount = bound(announced, 0, one);
        _announce(id, amount);
        vm.warp(block.timestamp + 7 days);
        if (amount != 0) operators.withdrawBond(id, address(token));
        _assertBond(id, one - amount);
        _assertBond(operatorId, other);
        assertEq(_balance(address(operators)), uint256(one) - amount + other, "held");
        assertEq(_balance(_owner), amount, "owner");
    }

    function test_DigestOf_IsTypedData() public view {
        Receipt memory receipt = Receipt("order", buyer, address(token), 1, 2, 3, 4, 5, 6);
        bytes32 typeHash = keccak256(
            "Receipt(bytes32 orderId,address buyer,address token,uint128 total,uint256 offerId,uint64 piece,uint64 quantity,uint64 position,uint64 byBlock)"
        );
        bytes32 structHash =
            keccak256(abi.encode(typeHash, bytes32("order"), buyer, address(token), 1, 2, 3, 4, 5, 6));
        bytes32 domain = _domain("Kaishi Operators", address(operators));
        bytes32 expected = keccak256(abi.encodePacked(hex"1901", domain, structHash));
        assertEq(operators.digestOf(receipt), expected, "digest");
    }
}
