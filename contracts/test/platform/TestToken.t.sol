// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {ApprovingWallet} from "../mocks/Wallets.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// receiveWithAuthorization in both forms, permit
contract TestTokenTest is MarketTest {
    uint256 private _until;

    function setUp() public override {
        super.setUp();
        _until = block.timestamp + 1 hours;
        token.mint(buyer, 100);
    }

    function test_ReceiveWithAuthorization_InBothForms() public {
        bytes memory signature = _authorize(key("buyer"), 10, "a", _until);
        vm.prank(address(book));
        token.receiveWithAuthorization(buyer, address(book), 10, 0, _until, "a", signature);
        (bytes32 r, bytes32 s, uint8 v) = _split(_authorize(key("buyer"), 10, "b", _until));
        vm.prank(address(book));
        token.receiveWithAuthorization(buyer, address(book), 10, 0, _until, "b", v, r, s);
        assertEq(token.balanceOf(buyer), 80, "moved twice");
        assertTrue(token.authorizationState(buyer, "a") && token.authorizationState(buyer, "b"), "used");
    }

    function test_ReceiveWithAuthorization_RevertWhen_AnotherReceives() public {
        bytes memory signature = _authorize(key("buyer"), 10, "a", _until);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(book)));
        vm.prank(stranger);
        token.receiveWithAuthorization(buyer, address(book), 10, 0, _until, "a", signature);
    }

    function test_ReceiveWithAuthorization_RevertWhen_AContractDidNotApprove() public {
        ApprovingWallet wallet = new ApprovingWallet();
        token.mint(address(wallet), 10);
        vm.expectRevert(ERC3009.ERC3009InvalidSignature.selector);
        vm.prank(address(book));
        token.receiveWithAuthorization(address(wallet), address(book), 10, 0, _until, "a", "");
    }

    function test_Permit_SetsTheAllowance() public {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                buyer,
                stranger,
                5,
                0,
                _until
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key("buyer"), keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash)));
        token.permit(buyer, stranger, 5, _until, v, r, s);
        assertEq(token.allowance(buyer, stranger), 5, "allowed");
        assertEq(token.decimals(), 6, "decimals");
    }

    function _split(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
    }
}
